using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class MappingDraftTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_begins_with_what_the_names_say_and_needs_no_maps_for_that()
    {
        var draft = Draft(ImportKind.Customers, "Klantnr;Naam;E-mail 1;E-mail 2;Plaats\n1;Jan;a@b.example;;Breda\n2;Piet;;;\n");
        Assert.Equal([ImportField.Customer, ImportField.Name, ImportField.Email, ImportField.Email, null], draft.Fields);
        Assert.Empty(draft.Options.Maps);
        Assert.Equal([["1", "Jan", "a@b.example", "", "Breda"], ["2", "Piet", "", "", ""]], draft.Samples);
    }

    [Fact]
    public void Options_that_were_given_are_kept()
    {
        var draft = Draft(ImportKind.Purchases, "k;d;b\n1;1-1-2025;1.234\n", o => o with { Maps = ["k=customer", "b=amount"], DecimalSign = DecimalSign.Comma });
        Assert.Equal([ImportField.Customer, null, ImportField.Amount], draft.Fields);
        var options = draft.With(1, ImportField.Date).Options;
        Assert.Equal(["k=customer", "d=date", "b=amount"], options.Maps);
        Assert.Equal(DecimalSign.Comma, options.DecimalSign);
    }

    [Theory]
    // Header, column and field that are chosen, the maps that say it.
    [InlineData("klantnummer;x", 1, ImportField.Name, "x=name")]
    [InlineData("klantnummer;naam;volledig", 2, ImportField.Name, "volledig=name")] // taken from the column that held it
    [InlineData("klantnummer;naam", 1, null, "naam=-")]
    [InlineData("klantnummer;naam;naam", 2, ImportField.Name, "naam#2=name")] // the names alone did not say which
    [InlineData("klantnummer;naam;naam", 1, null, "naam#1=-;naam#2=-")]
    [InlineData("klantnummer;naam;x", 1, ImportField.Email, "naam=email")]
    [InlineData("klantnummer;e-mail;werk", 2, ImportField.Email, "e-mail=email;werk=email")] // a map for one of them would leave out the others
    [InlineData("klantnummer;e-mail 1;e-mail 2", 2, null, "e-mail 1=email")]
    [InlineData("klantnummer;;naam", 1, ImportField.Email, "#2=email")]
    public void What_is_chosen_is_said_by_the_fewest_maps_and_read_so(string header, int column, ImportField? field, string maps)
    {
        var draft = Draft(ImportKind.Customers, header + "\n1;2;3\n"[..(header.Count(c => c == ';') * 2 + 2)] + "\n").With(column, field);
        Assert.Equal(maps.Split(';'), draft.Options.Maps);
        var columns = Columns.Match(draft.Header, ImportKind.Customers, draft.Options.Maps);
        Assert.All(draft.Fields.Index().Where(f => f.Item is not null), f => Assert.True(columns.IsUsed(f.Index)));
        Assert.All(draft.Fields.Index().Where(f => f.Item is null), f => Assert.False(columns.IsUsed(f.Index)));
    }

    [Fact]
    public void A_first_line_can_turn_out_to_be_data()
    {
        var draft = Draft(ImportKind.Purchases, "7;x;1-1-2025;12,50\n8;y;2-1-2025;3,50\n").Turned();
        Assert.Equal(["column 1", "column 2", "column 3", "column 4"], draft.Header);
        Assert.Equal("7", draft.Samples[0][0]);
        draft = draft.With(0, ImportField.Customer).With(2, ImportField.Date).With(3, ImportField.Amount);
        Assert.Equal(["customer", "-", "date", "amount"], draft.Options.Columns);
        Assert.Equal(2, ImportFile.Open(draft.Options).Rows().Count(row => row.Row is not null));
        Assert.Equal(["7", "x", "1-1-2025", "12,50"], draft.Turned().Header);
    }

    private MappingDraft Draft(ImportKind kind, string text, Func<ImportOptions, ImportOptions>? but = null)
    {
        var options = _folder.Options(kind, text);
        return MappingDraft.Of(but is null ? options : but(options));
    }
}
