namespace Winback.Campaigns.Rendering;

/// <summary>A mail template or layout that cannot be used. The message is for the owner: where, what is wrong, and what to do about it.</summary>
/// <param name="file">The file as the caller named it.</param>
/// <param name="line">The line in that file, from 1; null where no single line is to blame.</param>
public sealed class TemplateException(string file, int? line, string problem, string remedy, Exception? cause = null)
    : Exception($"{file}{(line is null ? "" : $", line {line}")}: {problem}. {remedy}.", cause)
{
    public string File { get; } = file;

    public int? Line { get; } = line;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}
