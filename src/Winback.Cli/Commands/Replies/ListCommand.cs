using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Customers;
using Winback.Replies;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies list</c>: what customers said, first of all what is to be done about it.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Also those about which nothing is to be done (any more)." };
        var unmatched = new Option<bool>("--unmatched") { Description = "Only those of which nobody knows whose they are." };
        var customer = new Option<string?>("--customer") { Description = "Only this customer's, all of them.", HelpName = "CUSTOMER" };
        var json = Screens.JsonOption();
        var command = new Command("list", "What customers answered, by mail, link, telephone or form: what is to be done about it, the latest first.\nExample: winback replies list --unmatched")
        {
            all, unmatched, customer, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var store = parts.GetRequiredService<IReplyStore>();
            var replies = result.GetValue(customer) is { } number ? store.OfAsync(Screens.Customer(number), cancel)
                : result.GetValue(all) ? store.AllAsync(cancel) : store.OpenAsync(cancel);
            var clock = parts.GetRequiredService<OwnerClock>();
            var options = parts.GetRequiredService<ReplyOptions>();
            var reports = await replies.Where(r => r.Customer is null || !result.GetValue(unmatched)).OrderByDescending(r => r.ReceivedAt)
                .Select(r => ReplyReport.Of(r, options, clock.Now.Instant)).ToListAsync(cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(reports, CommandJson.Default.ListReplyReport));
            else if (reports.Count == 0) AnsiConsole.WriteLine(result.GetValue(all) ? "Nobody has answered yet." : "Nothing is to be done.");
            else AnsiConsole.Write(ReplyReport.Show(reports, clock));
            return 0;
        });
        return command;
    }
}
