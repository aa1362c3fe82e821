using System.Globalization;
using Spectre.Console;
using Winback.Scan;

namespace Winback.Cli.Commands;

/// <summary>How counts are shown on the screen.</summary>
internal static class Tables
{
    public static Table Counts(ScanCounts counts)
    {
        var table = new Table().RoundedBorder().Title(Text(counts.Examined) + " customers examined");
        table.AddColumn("Campaign").AddColumn(new TableColumn("Customers").RightAligned()).AddColumn("What");
        foreach (var (campaign, c) in counts.Campaigns)
        {
            table.AddRow(new Markup($"[bold]{campaign.EscapeMarkup()}[/]"), new Markup($"[green]{Text(c.Due)}[/]"), new Markup("[green]due[/]"));
            if (c.Waiting > 0) table.AddRow("", Text(c.Waiting), "waiting");
            foreach (var (reason, count) in c.Excluded.OrderByDescending(e => e.Value)) table.AddRow("", Text(count), "excluded: " + reason);
        }
        return table;
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
