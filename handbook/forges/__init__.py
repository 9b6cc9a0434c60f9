"""What GitHub and GitLab, where changes are proposed and discussed, are told: comments and issues."""
