using Winback.Customers;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class ImportFileTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_customer_row_is_read_whole()
    {
        var row = Assert.Single(_folder.Read(ImportKind.Customers, """
            Klantnummer;Naam;Voornaam;E-mail;Telefoon;Taal;Toestemming;Woonplaats
             K7 ;"Jan  de
            Vries";Jan; Jan@Example.com;06 12345678;Nederlands;ja;Utrecht
            """)).Row;
        Assert.Equal(new CustomerRow(CustomerId.Parse("k7"), "Jan de Vries", "Jan", "Jan@Example.com", "06 12345678", "nl", true), row);
    }

    [Fact]
    public void What_a_customer_file_does_not_say_is_unknown_and_an_empty_permission_is_no()
    {
        Assert.Equal(new CustomerRow(CustomerId.Parse("1"), null, null, null, null, null, null),
            Assert.Single(_folder.Read(ImportKind.Customers, "klantnummer\n1\n")).Row);
        Assert.Equal(new CustomerRow(CustomerId.Parse("1"), null, null, null, null, null, false),
            Assert.Single(_folder.Read(ImportKind.Customers, "klantnummer;naam;taal;opt-in\n1;;Frans;\n")).Row);
    }

    [Fact]
    public void A_purchase_row_is_read_whole()
    {
        var row = Assert.Single(_folder.Read(ImportKind.Purchases, """
            klantnummer;datum;bedrag;ordernummer;product
            7;05-07-2025 14:30;"€ 1.234,50";A-1;Fiets
            """)).Row;
        var at = new DateTimeOffset(2025, 7, 5, 14, 30, 0, TimeSpan.FromHours(2));
        Assert.Equal(new PurchaseRow(new Purchase(CustomerId.Parse("7"), new DateOnly(2025, 7, 5), at, new Money(123450), "A-1", "Fiets", 0)), row);
    }

    [Fact]
    public void A_subscription_row_is_read_whole_and_numbered_when_it_has_no_number()
    {
        var rows = _folder.Read(ImportKind.Subscriptions, """
            klantnummer;abonnementsnummer;abonnement;startdatum;einddatum;automatisch verlengen
            7;S1;Goud;01-01-2025;01-01-2026;ja
            7;;Goud;01-01-2025;01-01-2026;
            7;S2;;01-01-2025;01-01-2025;nee
            """).ConvertAll(r => r.Row);
        var customer = CustomerId.Parse("7");
        var (start, end) = (new DateOnly(2025, 1, 1), new DateOnly(2026, 1, 1));
        Assert.Equal(
        [
            new SubscriptionRow(customer, new Subscription("S1", "Goud", start, end, true)),
            new SubscriptionRow(customer, new Subscription("Goud 2025-01-01", "Goud", start, end, false)),
            new SubscriptionRow(customer, new Subscription("S2", "", start, start, false)),
        ], rows);
    }

    [Theory]
    [InlineData(ImportKind.Customers, "klantnummer;toestemming", ";ja", "customer number is empty")]
    [InlineData(ImportKind.Customers, "klantnummer;toestemming", "a/b;ja", "/ \\ # ? | %")]
    [InlineData(ImportKind.Customers, "klantnummer;toestemming", "a\uFFFE;ja", "not valid Unicode")]
    [InlineData(ImportKind.Customers, "klantnummer;toestemming", "1;soms", "permission must be yes or no")]
    [InlineData(ImportKind.Purchases, "klantnummer;datum;bedrag", "1;31-02-2025;5", "month 2 of 2025 has no day 31")]
    [InlineData(ImportKind.Purchases, "klantnummer;datum;bedrag", "1;;5", "the date is empty")]
    [InlineData(ImportKind.Purchases, "klantnummer;datum;bedrag", "1;2025-01-01;", "the amount is empty")]
    [InlineData(ImportKind.Purchases, "klantnummer;datum;bedrag", "1;2025-01-01;veel", "not an amount")]
    [InlineData(ImportKind.Subscriptions, "klantnummer;plan;start;einddatum", "1;;2025-01-01;2026-01-01", "neither a plan nor")]
    [InlineData(ImportKind.Subscriptions, "klantnummer;plan;start;einddatum", "1;Goud;;2026-01-01", "start: the date is empty")]
    [InlineData(ImportKind.Subscriptions, "klantnummer;plan;start;einddatum", "1;Goud;2025-01-01;", "renewal: the date is empty")]
    [InlineData(ImportKind.Subscriptions, "klantnummer;plan;start;einddatum", "1;Goud;2025-01-02;2025-01-01", "before the start date 2025-01-02")]
    [InlineData(ImportKind.Subscriptions, "klantnummer;plan;start;einddatum;auto renew", "1;Goud;2025-01-01;2026-01-01;x", "auto-renew must be yes or no")]
    public void A_row_that_cannot_be_read_says_why_and_the_rest_goes_on(ImportKind kind, string header, string line, string reason)
    {
        var good = kind switch
        {
            ImportKind.Customers => "1;ja",
            ImportKind.Purchases => "1;2025-01-01;5",
            _ => "1;Goud;2025-01-01;2026-01-01" + (header.EndsWith("renew", StringComparison.Ordinal) ? ";" : ""),
        };
        var rows = _folder.Read(kind, $"{header}\n{good}\n{line}\n{good}\n");
        Assert.Equal([true, false, true], rows.Select(r => r.Row is not null));
        Assert.Equal(3, rows[1].Record.Line);
        Assert.Contains(reason, rows[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImportKind.Customers, "klantnummer;naam", "1;", 1000)]
    [InlineData(ImportKind.Subscriptions, "klantnummer;start;einddatum;plan", "1;2025-01-01;2026-01-01;", 200)]
    public void A_text_that_storage_cannot_hold_is_rejected(ImportKind kind, string header, string start, int max)
    {
        var rows = _folder.Read(kind, $"{header}\n{start}{new string('x', max)}\n{start}{new string('x', max + 1)}\n");
        Assert.NotNull(rows[0].Row);
        Assert.Contains($"has {max + 1} characters", rows[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.234 12,50", 123400)] // the decision comes after the amount it is for
    [InlineData("1.234 12.50", 123)]
    [InlineData("1,234 12.50", 123400)]
    [InlineData("1.234 1.000.000", 123400)]
    [InlineData("12 7", 1200)] // whole numbers need no decision
    [InlineData("12 gratis", 1200)] // what is rejected decides nothing
    public void The_decimal_sign_is_decided_over_the_whole_column(string amounts, long first) =>
        Assert.Equal(new Money(first), Assert.IsType<PurchaseRow>(Purchases(amounts)[0].Row).Purchase.Amount);

    [Fact]
    public void Amounts_that_contradict_each_other_refuse_the_file_and_are_both_named()
    {
        var message = Assert.Throws<ImportException>(() => Purchases("7 12,50 3 12.75 4,10")).Message;
        Assert.Contains("\"12,50\" on line 3", message, StringComparison.Ordinal);
        Assert.Contains("\"12.75\" on line 5", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_that_nothing_decides_refuse_the_file_until_the_owner_decides()
    {
        var message = Assert.Throws<ImportException>(() => Purchases("7 1.234 2.500")).Message;
        Assert.Contains("\"1.234\" on line 3", message, StringComparison.Ordinal);
        Assert.Contains("--decimal comma", message, StringComparison.Ordinal);
        Assert.Equal(new Money(123400), Assert.IsType<PurchaseRow>(Purchases("7 1.234", DecimalSign.Comma)[1].Row).Purchase.Amount);
        Assert.Equal(new Money(123), Assert.IsType<PurchaseRow>(Purchases("7 1.234", DecimalSign.Point)[1].Row).Purchase.Amount);
    }

    [Fact]
    public void When_the_owner_decides_amounts_of_the_other_kind_are_rejected() =>
        Assert.Equal([null, "\"12.75\" does not fit a decimal comma"], Purchases("12,50 12.75", DecimalSign.Comma).Select(r => r.Reason));

    [Fact]
    public void Equal_lines_are_kept_and_numbered_the_same_each_time()
    {
        // As in the CDNOW data: one customer buys the same for the same price twice on a day. Another spelling of it is the same line.
        const string Lines = """
            customer;date;amount
            4;19970101;29,33
            5;19970101;29,33
            4;19970101;29,33
            4;01-01-1997;€ 29,33
            4;19970118;29,33
            """;
        var (once, again) = (Keys(Lines), Keys(Lines));
        Assert.Equal(once, again);
        Assert.Equal(5, once.Distinct().Count());
        Assert.Equal([0, 0, 1, 2, 0], _folder.Read(ImportKind.Purchases, Lines).Select(r => ((PurchaseRow)r.Row!).Purchase.Ordinal));
    }

    [Fact]
    public void A_refund_and_several_lines_under_one_order_number_all_stay() =>
        Assert.Equal(4, Keys("""
            klant-id;datum;bedrag;order;product
            1;2025-01-01;10,00;A1;Fiets
            1;2025-01-01;5,00;A1;Bel
            1;2025-01-01;5,00;A1;Bel
            1;2025-01-09;-5,00;A1;Bel
            """).Distinct().Count());

    [Fact]
    public void A_title_above_the_header_is_refused_with_what_was_seen() =>
        Assert.Contains("The columns are: Export klanten.", _folder.Refusal(ImportKind.Customers, "Export klanten;\nklantnummer;naam\n1;Jan\n"),
            StringComparison.Ordinal);

    private List<string> Keys(string text) =>
        _folder.Read(ImportKind.Purchases, text).ConvertAll(r => $"{r.Row!.Customer} {((PurchaseRow)r.Row).Purchase.Key}");

    private List<ReadRow> Purchases(string amounts, DecimalSign? sign = null)
    {
        var lines = amounts.Split(' ').Select(amount => $"1;2025-01-01;{amount}\n");
        var options = _folder.Options(ImportKind.Purchases, "klantnummer;datum;bedrag\n" + string.Concat(lines)) with { DecimalSign = sign };
        return [.. ImportFile.Open(options).Rows()];
    }
}
