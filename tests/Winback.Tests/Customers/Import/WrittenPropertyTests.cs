using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Winback.Customers;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

/// <summary>What a program writes in its user's culture is read back as it was.</summary>
[Properties(Arbitrary = [typeof(AnyWritten)], MaxTest = 1000)]
public sealed class WrittenPropertyTests
{
    [Property]
    public bool An_amount_is_read_back_as_it_was_written(WrittenAmount written) =>
        AmountText.TryParse(written.Text, written.Sign, out var amount, out _) && amount == written.Amount;

    /// <summary>A column that has an amount with cents needs nobody to decide its sign.</summary>
    [Property]
    public bool Its_column_tells_the_decimal_sign(WrittenAmount written)
    {
        var column = new AmountColumn();
        column.Observe(1, written.Text);
        column.Observe(2, written.Sign == DecimalSign.Comma ? "7,25" : "7.25");
        return column.Decide() == written.Sign;
    }

    [Property]
    public bool A_moment_is_read_back_as_it_was_written(WrittenMoment written) =>
        DateText.TryParse(written.Text, ImportFolder.Amsterdam, out var day, out var at, out _) && day == written.Day && at == written.At;

    [Property(MaxTest = 200)]
    public bool A_row_in_a_file_with_quotes_is_read_back_as_it_was_written(NonNull<string> name, NonNull<string> product)
    {
        // What no text file holds.
        if ((name.Get + product.Get).Any(c => c is '\0' or '\uFFFE' || char.IsSurrogate(c))) return true;
        using var folder = new ImportFolder();
        var row = folder.Read(ImportKind.Purchases, $"klantnummer;datum;bedrag;product;naam\n1;2025-01-01;5;{Quoted(product.Get)};{Quoted(name.Get)}\n").Single();
        var expected = string.Join(' ', product.Get.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return row.Row is PurchaseRow { Purchase.Product: var read } && (read ?? "") == expected.Normalize();

        static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <param name="Text">As a culture writes it.</param>
public sealed record WrittenAmount(string Text, Money Amount, DecimalSign Sign);

/// <param name="At">Null where only the day was written.</param>
public sealed record WrittenMoment(string Text, DateOnly Day, DateTimeOffset? At);

/// <summary>In the cultures and shapes that the grammar has: decimals after comma or point, thousands by point, comma or space; never month first.</summary>
public static class AnyWritten
{
    private static readonly string[] Cultures =
    [
        "nl-NL", "nl-BE", "fr-BE", "fr-FR", "de-DE", "de-AT", "es-ES", "it-IT", "pt-PT", "pl-PL", "cs-CZ", "da-DK", "nb-NO", "sv-SE", "fi-FI", "tr-TR", "ru-RU",
        "en-GB", "en-US", "en-IE", "en-CA", "en-AU", "ja-JP", "zh-CN", "he-IL",
    ];

    public static Arbitrary<WrittenAmount> Amounts() => Arb.From(
        from culture in Gen.Elements(Cultures).Select(Numbers)
        from size in Gen.Elements(100, 10_000, 1_000_000, int.MaxValue)
        from cents in Gen.Choose(-size, size)
        from format in Gen.Elements("N2", "C2", "F2")
        from symbol in Gen.Elements("€", "$", "£", "EUR", "")
        let amount = new Money(cents)
        select new WrittenAmount(
            amount.Amount.ToString(format, Symbol(culture, symbol)).Trim(), amount, culture.NumberDecimalSeparator == "," ? DecimalSign.Comma : DecimalSign.Point));

    public static Arbitrary<WrittenMoment> Moments() => Arb.From(
        from days in Gen.Choose(0, 73_000)
        from seconds in Gen.Choose(0, 86_399)
        from pattern in Gen.Elements(DayPatterns)
        from time in Gen.Elements("", " HH:mm", " HH:mm:ss", "'T'HH:mm:ss", ", HH:mm", "'T'HH:mm:ss.fffffff")
        from zone in Gen.Elements("", "", "zzz", " zzz", "Z")
        from hours in Gen.Choose(-12, 14)
        let local = new DateTime(1900, 1, 2).AddDays(days).AddSeconds(seconds)
        select Write(local, pattern, time, zone, TimeSpan.FromHours(hours)));

    private static string[] DayPatterns { get; } =
    [
        "yyyyMMdd", "d-M-yyyy", "yyyy-M-d",
        .. Cultures.Select(c => CultureInfo.GetCultureInfo(c).DateTimeFormat.ShortDatePattern)
            .Where(p => p.Replace("/", "-", StringComparison.Ordinal).Replace(".", "-", StringComparison.Ordinal) is "dd-MM-yyyy" or "d-M-yyyy" or "yyyy-MM-dd" or "yyyy-M-d").Distinct(),
    ];

    private static NumberFormatInfo Numbers(string culture)
    {
        var numbers = (NumberFormatInfo)CultureInfo.GetCultureInfo(culture).NumberFormat.Clone();
        // Marks that tell a terminal the direction of writing are not in files.
        numbers.NegativeSign = numbers.NegativeSign.Trim('\u200e', '\u200f');
        return numbers;
    }

    private static NumberFormatInfo Symbol(NumberFormatInfo numbers, string symbol)
    {
        var with = (NumberFormatInfo)numbers.Clone();
        with.CurrencySymbol = symbol;
        (with.CurrencyDecimalSeparator, with.CurrencyGroupSeparator) = (with.NumberDecimalSeparator, with.NumberGroupSeparator);
        return with;
    }

    private static WrittenMoment Write(DateTime local, string pattern, string time, string zone, TimeSpan offset)
    {
        var day = local.ToString(pattern, CultureInfo.InvariantCulture);
        if (time.Length == 0) return new WrittenMoment(day, DateOnly.FromDateTime(local), null);
        if (!time.Contains("ss", StringComparison.Ordinal)) local = local.AddSeconds(-local.Second);
        var at = zone.Trim() switch
        {
            "" => Moment.InstantOf(local, ImportFolder.Amsterdam),
            "Z" => new DateTimeOffset(local, TimeSpan.Zero),
            _ => new DateTimeOffset(local, offset),
        };
        var offsetText = zone.Contains('z', StringComparison.Ordinal) ? zone.Replace("zzz", at.ToString("zzz", CultureInfo.InvariantCulture), StringComparison.Ordinal) : zone;
        var there = TimeZoneInfo.ConvertTime(at, ImportFolder.Amsterdam);
        return new WrittenMoment(day + local.ToString(time.Length == 1 ? "%" + time : time, CultureInfo.InvariantCulture) + offsetText, DateOnly.FromDateTime(there.DateTime), there);
    }
}
