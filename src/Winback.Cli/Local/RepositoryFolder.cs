namespace Winback.Cli.Local;

/// <summary>Where the sources are: the app is published from them.</summary>
public static class RepositoryFolder
{
    /// <exception cref="CommandException">Not run from a clone of the repository.</exception>
    public static string Find() =>
        FindOrNull() ?? throw new CommandException("The sources of Winback are not here; run this from a clone of the repository.");

    /// <returns>null in a release or a container, which come without sources.</returns>
    public static string? FindOrNull()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Winback.slnx"))) return folder.FullName;
        return null;
    }
}
