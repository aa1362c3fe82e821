using System.Text.Json;
using System.Text.RegularExpressions;
using Winback.Cli.Demo;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.EndToEnd;

/// <summary>From three files to the inbox, against what the sample base, which does not know the rule, says must come out.</summary>
public sealed partial class FirstScanTests(PublishedApp app)
{
    private const int Customers = 650;

    [Fact]
    public async Task Everybody_who_is_due_gets_one_mail_and_everybody_else_has_the_reason_that_was_foretold()
    {
        await using var product = await Product.StartAsync(app);
        var sample = SampleBase.Create(Customers, product.Now.Today);
        await product.ImportAsync(sample);
        Assert.Equal(sample.Expected.Select(e => $"{e}").Order(StringComparer.Ordinal), (await DryRunAsync(product)).Select(e => $"{e}").Order(StringComparer.Ordinal));
        Assert.Empty(await product.MailsAsync());

        var scan = await product.ScanAsync();
        var mails = await product.MailsAsync();

        Assert.Equal([], DemoCheck.Problems(sample, scan.Counts, mails));
        Assert.Equal(
            sample.DueRecipients.Select(d => $"{d.Address} {d.Campaign} {d.Step}").Order(StringComparer.Ordinal),
            mails.Select(m => $"{m.Recipient} {m.Header(MailComposer.CampaignHeader)} {m.Header(MailComposer.StepHeader)}").Order(StringComparer.Ordinal));
        var status = await product.StatusAsync();
        Assert.Equal((mails.Count, 0, 0, 0), (status.HandedOver, status.Uncertain.Count, status.Failed.Count, status.Poison.Count));
        await MailsAreCompleteAsync(product, sample, mails);

        // Whoever was mailed is not due again; whoever was passed over for the same mailbox is now capped.
        var again = await product.ScanAsync();
        Assert.Equal(Customers, again.Counts.Examined);
        Assert.All(again.Counts.Campaigns.Values, c => Assert.Equal(0, c.Due));
        Assert.Equal(sample.DueRecipients.Count, (await product.MailsAsync()).Count);
    }

    /// <summary>What <c>winback scan --dry-run --json</c> says of everybody and every campaign.</summary>
    private static async Task<IEnumerable<Expectation>> DryRunAsync(Product product)
    {
        var settings = new Dictionary<string, string>(product.Stack.Settings) { [RunningState.Variable] = Path.Combine(Path.GetTempPath(), "no-such-state") };
        var (exitCode, output, errors) = await CommandLine.RunAsync(settings, "scan", "--dry-run", "--json");
        Assert.True(exitCode == 0, errors);
        using var json = JsonDocument.Parse(output);
        return [.. Rows("due", Outcome.Due), .. Rows("waiting", Outcome.Waiting), .. Rows("excluded", Outcome.Excluded)];

        List<Expectation> Rows(string list, Outcome outcome) =>
        [
            .. json.RootElement.GetProperty(list).EnumerateArray().Select(row => new Expectation(
                Text(row, "customer")!, Text(row, "campaign")!, outcome, Text(row, "step"), Text(row, "reason"))),
        ];

        static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static async Task MailsAreCompleteAsync(Product product, SampleBase sample, IReadOnlyList<InboxMail> mails)
    {
        var settings = product.Stack.Settings;
        var outreach = await product.Part<IOutreachStore>().InStateAsync(StepState.HandedOver, TestContext.Current.CancellationToken)
            .ToDictionaryAsync(o => $"<{o.Id}@eetcafe-de-linde.example>");
        var numbers = sample.Customers.ToLookup(c => c.Mailbox, c => CustomerId.Parse(c.Number));
        var codes = new List<(CustomerId Customer, string Code)>();
        foreach (var mail in mails)
        {
            // The message id is the outreach's own, so a repeated attempt would carry the same.
            Assert.True(outreach.Remove(mail.Header("message-id"), out var record), $"{mail.Header("message-id")} is of no outreach, or came twice");
            Assert.Contains(record.Customer, numbers[mail.Recipient]);
            Assert.Equal((record.Campaign, record.Step), (mail.Header(MailComposer.CampaignHeader), mail.Header(MailComposer.StepHeader)));

            Assert.Contains($"<{settings["Mail__From"]}>", mail.Header("from"), StringComparison.Ordinal);
            var replyTo = Assert.Single(mail.ReplyTo!).Address;
            Assert.EndsWith("@antwoord.eetcafe-de-linde.example", replyTo, StringComparison.Ordinal);
            Assert.InRange(replyTo.IndexOf('@', StringComparison.Ordinal), 1, 64);
            Assert.StartsWith($"<{settings["Business__PublicBaseUrl"]}/api/unsubscribe/", mail.Header("list-unsubscribe"), StringComparison.Ordinal);
            Assert.Equal("List-Unsubscribe=One-Click", mail.Header("list-unsubscribe-post"));

            Assert.False(string.IsNullOrWhiteSpace(mail.Subject));
            Assert.Contains(settings["Business__PostalAddress"], mail.Text!.ReplaceLineEndings(" "), StringComparison.Ordinal);
            Assert.Contains(settings["Business__PostalAddress"], mail.Html!, StringComparison.Ordinal);
            if (record.Campaign == SampleBase.RestaurantCampaign) codes.Add((record.Customer, Coupon().Match(mail.Text!).Groups[1].Value));
        }
        Assert.Empty(outreach);
        Assert.Equal(mails.Count, mails.Select(m => m.ReplyTo![0].Address).Distinct(StringComparer.Ordinal).Count());
        Assert.All(codes, c => Assert.Matches("^[0-9A-Z]{8}$", c.Code));
        Assert.Equal(codes.Count, codes.Select(c => c.Code).Distinct(StringComparer.Ordinal).Count());
    }

    [GeneratedRegex("(?:Je eigen code|Your own code|Your code): ([0-9A-Z]+)")]
    private static partial Regex Coupon();
}
