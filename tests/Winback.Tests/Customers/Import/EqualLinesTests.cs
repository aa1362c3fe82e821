using Winback.Customers;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class EqualLinesTests
{
    [Fact]
    public void A_table_that_is_much_too_small_for_the_file_changes_no_number()
    {
        // 100,000 different lines in the table of an empty file: nearly every one looks as if it had been there before.
        var lines = Enumerable.Range(0, 100_000).Select(Line).ToList();
        lines.AddRange([Line(7), Line(8), Line(7)]);
        var equalLines = new EqualLines(fileBytes: 0);
        foreach (var line in lines) equalLines.Observe(line);

        var numbered = equalLines.Numbering();
        var ordinals = lines.ConvertAll(line => numbered(line).Ordinal);
        Assert.All(ordinals.Take(100_000), ordinal => Assert.Equal(0, ordinal));
        Assert.Equal([1, 1, 2], ordinals.Skip(100_000));
        Assert.Equal(0, equalLines.Numbering()(Line(7)).Ordinal); // each numbering begins anew
    }

    private static Purchase Line(int number) => new(CustomerId.Parse("k1"), new DateOnly(2025, 1, 1), null, new Money(number), null, null, 0);
}
