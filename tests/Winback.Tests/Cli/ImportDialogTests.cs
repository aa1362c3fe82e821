using Spectre.Console.Testing;
using Winback.Cli.Commands;
using Winback.Customers.Import;
using Winback.Tests.Customers.Import;

namespace Winback.Tests.Cli;

public sealed class ImportDialogTests : IDisposable
{
    private readonly ImportFolder _folder = new();
    private readonly TestConsole _screen = new TestConsole().Interactive().Width(160);

    public void Dispose()
    {
        _folder.Dispose();
        _screen.Dispose();
    }

    [Fact]
    public void It_shows_the_columns_with_examples_and_the_first_rows_as_they_would_be_read()
    {
        Choose(0);
        var agreed = Ask(ImportKind.Purchases, "Klantnr;Datum;Bedrag;Kleur\n7;31-12-2025;€ 1.234,50;rood [bold]\n8;30-2-2025;3,50;blauw\n");
        Assert.NotNull(agreed);
        Assert.Empty(agreed.Maps);
        Assert.Contains("Kleur", _screen.Output, StringComparison.Ordinal);
        Assert.Contains("rood [bold] · blauw", _screen.Output, StringComparison.Ordinal);
        Assert.Contains("passed over", _screen.Output, StringComparison.Ordinal);
        Assert.Contains("2025-12-31", _screen.Output, StringComparison.Ordinal);
        Assert.Contains("1234.50", _screen.Output, StringComparison.Ordinal);
        Assert.Contains("month 2 of", _screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_is_given_a_field_and_the_command_without_questions_is_the_same()
    {
        // Not importable before a column is the customer: the first choice is to say what a column is, then the first column, the first field, import.
        Choose(0, 0, 0, 0);
        var agreed = Ask(ImportKind.Customers, "Relatie;Naam\nR1;Jan\n");
        Assert.NotNull(agreed);
        Assert.Contains("no column for customer", _screen.Output, StringComparison.Ordinal);
        Assert.Equal(["Relatie=customer"], agreed.Maps);
        Assert.Equal($"winback import customers {agreed.Path} --map Relatie=customer", ImportCommandText.Of(agreed));
    }

    [Fact]
    public void Amounts_that_can_be_read_two_ways_and_a_first_line_with_data_are_asked_about()
    {
        Choose(1); // the first line is data
        Choose(0, 0, 0); // the first column is the customer
        Choose(0, 1, 1); // the second the date
        Choose(0, 2, 2); // the third the amount
        Choose(2, 0); // 12,50 is twelve and a half; import
        var agreed = Ask(ImportKind.Purchases, "7;31-12-2025;1.234\n");
        Assert.NotNull(agreed);
        Assert.Equal($"winback import purchases {agreed.Path} --columns customer,date,amount --decimal comma", ImportCommandText.Of(agreed));
    }

    [Fact]
    public void Stopping_imports_nothing()
    {
        Choose(3);
        Assert.Null(Ask(ImportKind.Customers, "klantnummer;naam\n1;Jan\n"));
    }

    /// <summary>Each is how far down the list the choice stands.</summary>
    private void Choose(params int[] choices)
    {
        foreach (var choice in choices)
        {
            for (var i = 0; i < choice; i++) _screen.Input.PushKey(ConsoleKey.DownArrow);
            _screen.Input.PushKey(ConsoleKey.Enter);
        }
    }

    private ImportOptions? Ask(ImportKind kind, string text) => new ImportDialog(_screen).AskAsync(_folder.Options(kind, text), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
}
