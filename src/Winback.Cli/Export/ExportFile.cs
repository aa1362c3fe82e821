namespace Winback.Cli.Export;

/// <summary>A file with personal data: readable by its owner only, and under its name only when it is complete.</summary>
internal static class ExportFile
{
    /// <param name="path">One that is there is not overwritten, unless <paramref name="force"/> says so.</param>
    /// <returns>The whole path, and what <paramref name="write"/> returned.</returns>
    /// <exception cref="CommandException">The file is there, or cannot be written.</exception>
    public static async Task<(string Path, T Written)> WriteAsync<T>(string path, bool force, Func<FileStream, Task<T>> write)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full) && !force) throw new CommandException($"{full} is there already. Give another name, or --force to overwrite it.");
        // Half an export looks like a whole one: it gets its name when it is complete.
        var part = $"{full}.{Guid.NewGuid():n}.part";
        try
        {
            var written = await write(Create(part));
            File.Move(part, full, overwrite: force);
            return (full, written);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{full} cannot be written: {e.Message}");
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part);
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
