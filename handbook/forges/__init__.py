"""Comments and issues for GitHub and GitLab, where changes are proposed and discussed."""
