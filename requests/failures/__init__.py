"""What is stuck: all that stopped on its way, read from where it stands and stored nowhere."""
