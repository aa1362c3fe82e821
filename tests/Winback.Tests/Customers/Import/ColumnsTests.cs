using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class ColumnsTests
{
    [Theory]
    [InlineData("Klantnummer")]
    [InlineData("KLANT-NR")]
    [InlineData("klant_id")]
    [InlineData("Klant nr.")]
    [InlineData("Customer Number")]
    [InlineData("customerId")]
    [InlineData("customer")]
    public void The_customer_number_has_many_names(string name)
    {
        var columns = Columns.Match(["x", name], ImportKind.Customers, []);
        Assert.Equal("7", columns.Cell(["", " 7 "], ImportField.Customer));
    }

    [Theory]
    [InlineData(ImportKind.Customers, "klantnummer;naam;voornaam;e-mailadres;telefoon;taal;toestemming;relatiebeheerder")]
    [InlineData(ImportKind.Customers, "customer id;name;first name;E-mail;phone;language;opt-in;account manager")]
    [InlineData(ImportKind.Customers, "klantnr;klantnaam;roepnaam;mail;tel;taalcode;nieuwsbrief;accountmanager")]
    [InlineData(ImportKind.Purchases, "klantnummer;datum;bedrag;ordernummer;product")]
    [InlineData(ImportKind.Purchases, "klant-id;aankoopdatum;totaal;bonnummer;artikel")]
    [InlineData(ImportKind.Purchases, "customer;purchase date;amount;receipt;item")]
    [InlineData(ImportKind.Purchases, "customer;date;total;order;description")]
    [InlineData(ImportKind.Purchases, "klantnummer;orderdatum;omzet;factuurnummer;omschrijving")]
    [InlineData(ImportKind.Subscriptions, "klantnummer;abonnementsnummer;abonnement;startdatum;einddatum;automatisch verlengen")]
    [InlineData(ImportKind.Subscriptions, "customer number;subscription number;plan;start date;renewal date;auto-renew")]
    [InlineData(ImportKind.Subscriptions, "klantnr;lidmaatschapsnummer;lidmaatschap;ingangsdatum;verloopt;auto_renew")]
    [InlineData(ImportKind.Subscriptions, "customer;membership number;membership;start;expires;AutoRenew")]
    public void Every_field_is_found_by_its_Dutch_and_English_names(ImportKind kind, string header)
    {
        var columns = Columns.Match(header.Split(';'), kind, []);
        Assert.All(KnownField.Of(kind), field => Assert.True(columns.Has(field.Field), field.Name));
    }

    [Theory]
    [InlineData(ImportKind.Customers)]
    [InlineData(ImportKind.Purchases)]
    [InlineData(ImportKind.Subscriptions)]
    public void No_name_means_two_fields(ImportKind kind)
    {
        var names = KnownField.Of(kind).SelectMany(f => f.Synonyms).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Accents_do_not_count() => Assert.Equal(Columns.Key("Résumé-Datum"), Columns.Key("resume datum"));

    [Fact]
    public void A_map_wins_over_the_names_that_are_known()
    {
        string[] header = ["Klantnummer", "Datum", "Totaal", "Bedrag", "Leverdatum"];
        var columns = Columns.Match(header, ImportKind.Purchases, ["Totaal=amount", "leverdatum=date"]);
        string[] cells = ["1", "2025-01-01", "10", "20", "2025-01-02"];
        Assert.Equal("10", columns.Cell(cells, ImportField.Amount));
        Assert.Equal("2025-01-02", columns.Cell(cells, ImportField.Date));
    }

    [Theory]
    [InlineData("Relatie=klantnummer")] // the field by one of its column names
    [InlineData("relatie = Customer")]
    public void A_map_is_read_kindly(string map) =>
        Assert.Equal("5", Columns.Match(["Relatie", "Naam"], ImportKind.Customers, [map]).Cell(["5", ""], ImportField.Customer));

    [Fact]
    public void A_column_name_may_hold_an_equals_sign() =>
        Assert.True(Columns.Match(["a=b", "klantnummer"], ImportKind.Customers, ["a=b=email"]).Has(ImportField.Email));

    [Fact]
    public void One_column_may_hold_two_fields()
    {
        var columns = Columns.Match(["E-mail"], ImportKind.Customers, ["E-mail=customer", "E-mail=email"]);
        Assert.Equal(columns.Cell(["a@b.nl"], ImportField.Customer), columns.Cell(["a@b.nl"], ImportField.Email));
    }

    [Theory]
    // Header, map, what the message must say.
    [InlineData("klantnummer;naam", "Adres=email", "no column \"Adres\". Its columns are: klantnummer, naam")]
    [InlineData("klantnummer;naam", "naam=adres", "no field \"adres\". The fields are: customer, name, first-name, email, phone, language, permission")]
    [InlineData("klantnummer;naam", "naam", "not of the form")]
    [InlineData("klantnummer;x;X", "x=name", "2 columns \"x\". Say which one: --map \"x#1=name\" or \"x#2=name\"")]
    [InlineData("klantnummer;x;X", "x#3=name", "no column \"x#3\"")]
    [InlineData("klantnummer;x;X", "#4=name", "no column \"#4\"")]
    [InlineData("klantnummer;customer number", null, "\"klantnummer\" and \"customer number\" both mean customer. Say which one counts: --map \"klantnummer=customer\"")]
    [InlineData("klantnummer;naam;Naam", null, "\"naam\" and \"Naam\" both mean name. Say which one counts: --map \"naam#1=name\" or --map \"Naam#2=name\"")]
    [InlineData("naam;e-mail", null, "no column for customer. Its columns are: naam, e-mail. Say which one it is: --map \"Column=customer\"")]
    [InlineData("foo;bar", null, "None of the column names is known. The columns are: foo, bar.")]
    [InlineData("Verkopen 2025;;", null, "Where titles stand above the column names, remove those lines.")]
    public void A_header_that_cannot_be_used_says_what_to_do(string header, string? map, string message)
    {
        var refused = Assert.Throws<ImportException>(() => Columns.Match(header.Split(';'), ImportKind.Customers, map is null ? [] : [map]));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Datum#2=date", "b")] // the second of that name
    [InlineData("datum #2=date", "b")]
    [InlineData("#2=date", "a")] // the second column
    [InlineData("#4=date", "c")]
    [InlineData("Datum#9=date", "d")] // a column that is really called so
    public void Of_columns_with_the_same_name_a_number_tells_which(string map, string expected)
    {
        string[] header = ["klantnr", "Datum", "Datum", "x", "Datum#9", "bedrag"];
        Assert.Equal(expected, Columns.Match(header, ImportKind.Purchases, [map]).Cell(["1", "a", "b", "c", "d", "5"], ImportField.Date));
    }

    [Fact]
    public void A_column_can_be_passed_over_although_its_name_is_known()
    {
        var columns = Columns.Match(["klantnummer", "naam", "volledige naam"], ImportKind.Customers, ["naam=-"]);
        Assert.Equal("b", columns.Cell(["1", "a", "b"], ImportField.Name));
        Assert.Equal(["naam"], columns.Unused);
    }

    [Fact]
    public void Every_column_can_be_named_so_that_no_other_is_meant()
    {
        string[] header = ["a", "A", "", "b", "a#2", "b=c", "b#1"];
        var maps = Enumerable.Range(0, header.Length).Select(i => ColumnMap.Read($"{ColumnMap.NameOf(i, header)}=-", header, ImportKind.Customers));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], maps.Select(m => m.Column));
    }

    [Fact]
    public void Several_columns_may_hold_addresses_in_their_order_or_that_of_the_maps()
    {
        string[] header = ["klantnummer", "E-mail 2", "E-mail", "e-mail privé", "Werk"];
        string[] cells = ["1", "a", "", "c", "d"];
        Assert.Equal(["a", "c"], Columns.Match(header, ImportKind.Customers, []).Cells(cells, ImportField.Email));
        Assert.Equal(["d", "a"], Columns.Match(header, ImportKind.Customers, ["Werk=email", "E-mail 2=email"]).Cells(cells, ImportField.Email));
    }

    [Theory]
    [InlineData(ImportKind.Customers)]
    [InlineData(ImportKind.Purchases)]
    [InlineData(ImportKind.Subscriptions)]
    public void The_heading_of_a_field_means_that_field(ImportKind kind) =>
        Assert.All(KnownField.Of(kind), field => Assert.Contains(Columns.Key(field.Heading), field.Synonyms));

    [Theory]
    [InlineData("customer,-,date,,amount")]
    [InlineData("klantnummer, ,datum,-,bedrag")]
    public void Columns_without_names_are_named_in_order(string names)
    {
        var columns = Named(names);
        Assert.Equal(["customer", "column 2", "date", "column 4", "amount"], columns.Header);
        Assert.Equal(["7", "2025-01-01", "12"], new[] { ImportField.Customer, ImportField.Date, ImportField.Amount }.Select(f => columns.Cell(["7", "x", "2025-01-01", "y", "12"], f)));
    }

    [Theory]
    [InlineData("customer,date,price tag", "there is no field \"price tag\". The fields are: customer, date, amount, order, product")]
    [InlineData("customer,date,amount,amount", "names amount more than once")]
    [InlineData("customer,-,amount", "--columns lacks date")]
    public void Column_names_that_cannot_be_used_say_what_to_do(string names, string message) =>
        Assert.Contains(message, Assert.Throws<ImportException>(() => Named(names)).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_are_named_either_by_the_first_line_or_in_order() => Assert.Contains(
        "Use one of them", Assert.Throws<ImportException>(() => Columns.Of([], Purchases("customer,date,amount") with { Maps = ["x=date"] })).Message,
        StringComparison.Ordinal);

    private static Columns Named(string names) => Columns.Of([], Purchases(names));

    private static ImportOptions Purchases(string names) => new(ImportKind.Purchases, "f", ImportFolder.Amsterdam) { Columns = names.Split(',') };

    [Fact]
    public void Two_maps_for_one_field_are_refused() =>
        Assert.Throws<ImportException>(() => Columns.Match(["klantnummer", "a", "b"], ImportKind.Customers, ["a=name", "b=name"]));

    [Theory]
    [InlineData("klantnummer;bedrag", "no column for date")]
    [InlineData("klantnummer", "no column for date and amount")]
    public void Purchases_need_a_date_and_an_amount(string header, string message) =>
        Assert.Contains(message, Assert.Throws<ImportException>(() => Columns.Match(header.Split(';'), ImportKind.Purchases, [])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Subscriptions_need_a_plan_or_a_number()
    {
        Assert.Contains("plan (or subscription)", Assert.Throws<ImportException>(
            () => Columns.Match(["klantnummer", "startdatum", "einddatum"], ImportKind.Subscriptions, [])).Message, StringComparison.Ordinal);
        Columns.Match(["klantnummer", "startdatum", "einddatum", "abonnementsnummer"], ImportKind.Subscriptions, []);
        Columns.Match(["klantnummer", "startdatum", "einddatum", "plan"], ImportKind.Subscriptions, []);
    }

    [Fact]
    public void A_first_line_with_data_is_not_repeated_in_the_message()
    {
        var refused = Assert.Throws<ImportException>(() => Columns.Match(["17", "Jan", "jan@example.com"], ImportKind.Customers, []));
        Assert.Contains("holds data, not column names", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Jan", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("jan@", refused.Message, StringComparison.Ordinal);
    }
}
