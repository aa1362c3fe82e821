using System.Globalization;
using Winback.Cli.Commands;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

/// <summary>
/// The files under Fixtures/imports, as other programs write them. Beside each lies what is expected of it, in NAME.expected.txt: what writes such
/// a file (lines with #), the command that imports it, the counts, and every row as it is read or why it is rejected.
/// </summary>
internal static class ImportSamples
{
    public const string Extension = ".expected.txt";

    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "imports");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)!).Where(f => !f.EndsWith(Extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static IReadOnlyList<string> Expected(string name) => File.ReadAllLines(Path.Combine(Folder, name + Extension));

    /// <summary>The options that the command of a sample gives, for a copy of it elsewhere: rejected rows go beside the file.</summary>
    public static ImportOptions Options(string name, string copy) =>
        Parse(Expected(name).Single(line => line.StartsWith("winback ", StringComparison.Ordinal)).Replace(name, copy, StringComparison.Ordinal));

    /// <summary>As the command line understands it.</summary>
    /// <param name="command">Begins with <c>winback import</c>.</param>
    public static ImportOptions Parse(string command)
    {
        var words = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(command).ToArray();
        Assert.Equal(["winback", "import"], words[..2]);
        var arguments = new ImportArguments(Enum.Parse<ImportKind>(words[2], ignoreCase: true));
        var result = arguments.ToCommand((_, _, _, _, _) => Task.FromResult(0)).Parse(words[3..]);
        Assert.Empty(result.Errors.Select(e => e.Message));
        return arguments.Options(result, ImportFolder.Amsterdam);
    }

    public static string Text(ReadRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Record.Line}: {(row.Row is { } read ? Text(read) : "rejected, " + row.Reason)}");

    private static string Text(ImportedRow row) => row switch
    {
        CustomerRow c => Joined(c.Customer.Value, c.Name, c.FirstName, c.Email, c.Phone, c.Language, c.Permission is null ? null : c.Permission.Value ? $"yes ({c.Source})" : $"no ({c.Source})"),
        PurchaseRow { Purchase: var p } => Joined(
            p.Customer.Value, p.At?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? Day(p.Day), p.Amount.ToString(), p.OrderNumber, p.Product,
            p.Ordinal == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"again {p.Ordinal}")),
        SubscriptionRow { Subscription: var s } => Joined(row.Customer.Value, s.Number, s.Plan, Day(s.Start), Day(s.RenewalDate), s.AutoRenews ? "renews itself" : null),
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    private static string Joined(params string?[] fields) => string.Join(" | ", fields.Where(f => f is not null));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
