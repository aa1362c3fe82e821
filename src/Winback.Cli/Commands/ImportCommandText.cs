using Winback.Customers.Import;

namespace Winback.Cli.Commands;

/// <summary>The command that imports a file with given options, to be shown and run again.</summary>
internal static class ImportCommandText
{
    /// <summary>The value of --permission.</summary>
    public const string CustomerException = "customer-exception";

    public static string Of(ImportOptions options) => "winback " + string.Join(' ', Arguments(options).Select(Quoted));

    public static IEnumerable<string> Arguments(ImportOptions options)
    {
        yield return "import";
        yield return Word(options.Kind);
        yield return options.Path;
        foreach (var (name, value) in Options(options))
        {
            yield return name;
            yield return value;
        }
    }

    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static IEnumerable<(string Name, string Value)> Options(ImportOptions o)
    {
        if (o.Separator is { } separator) yield return ("--separator", Word(separator));
        if (o.Encoding is { } encoding) yield return ("--encoding", encoding);
        if (o.Sheet is { } sheet) yield return ("--sheet", sheet);
        // Nothing passes a column over as "-" does, and does not look like an option.
        if (o.Columns is { } columns) yield return ("--columns", string.Join(',', columns).TrimStart('-'));
        foreach (var map in o.Maps) yield return ("--map", map);
        if (o.DecimalSign is { } sign) yield return ("--decimal", Word(sign));
        if (o.ByCustomerException) yield return ("--permission", CustomerException);
    }

    /// <summary>As shells read it: in double quotes unless it is plain.</summary>
    private static string Quoted(string argument)
    {
        if (argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=,:".Contains(c, StringComparison.Ordinal))) return argument;
        // In a Windows path a backslash is nothing special; before a quote it is.
        var special = OperatingSystem.IsWindows() ? "\"" : "\"\\$`";
        return $"\"{string.Concat(argument.Select(c => special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()))}\"";
    }
}
