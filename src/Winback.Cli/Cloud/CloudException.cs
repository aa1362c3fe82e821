namespace Winback.Cli.Cloud;

/// <summary>Why Azure did not do what was asked.</summary>
internal enum CloudProblem
{
    /// <summary>Away, not logged in, or anything else.</summary>
    Other,

    /// <summary>A role is missing, or was given so lately that it does not work yet.</summary>
    MissingRole,

    /// <summary>A secret of that name was deleted and can be recovered; no other can take its name.</summary>
    DeletedSecret,
}

/// <summary>Azure did not do what was asked; the message says why and, after a semicolon, what to do. It never holds a secret.</summary>
internal sealed class CloudException(string message, CloudProblem problem = CloudProblem.Other, Exception? inner = null) : Exception(message, inner)
{
    public CloudProblem Problem => problem;
}
