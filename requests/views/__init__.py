"""What students, approvers and departments see: thin views over perform, drafting and queues."""
