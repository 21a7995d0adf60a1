"""Pages of questions that are too long for the file of their request type, or shared by several."""
