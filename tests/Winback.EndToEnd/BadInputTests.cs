using System.Text;
using Winback.Cli.Demo;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Outreach;
using Winback.Storage;

namespace Winback.EndToEnd;

/// <summary>One thing that is wrong, amid others that are right.</summary>
public sealed class BadInputTests(PublishedApp app)
{
    private const int Customers = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_is_no_work_ends_among_the_failures_and_disturbs_nobody()
    {
        // Five tries follow each other at once, as the setting of host.json is replaced.
        await using var product = await Product.StartAsync(app, ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"));
        await product.ImportAsync(SampleBase.CreateLapsed(Customers, product.Now.Today));
        await PutAsync("send-outreach", "\u0001garbage");
        await PutAsync("scan-shard", """{"scan":"1","shard":"no such shard"}""");

        await product.ScanAsync();

        var status = await product.StatusAsync();
        Assert.Equal(
            [("scan-shard", """{"scan":"1","shard":"no such shard"}"""), ("send-outreach", "\u0001garbage")],
            status.Poison.Select(f => (f.Queue, f.Text)).Order());
        Assert.Equal((Customers, 0, 0), (status.HandedOver, status.Uncertain.Count, status.Failed.Count));
        Assert.Equal((1, 10), (product.Host.AppStarts, product.FailedInvocations));

        async Task PutAsync(string queue, string text) =>
            await (await product.Part<StorageAccount>().QueueAsync(queue)).SendMessageAsync(new BinaryData(Encoding.UTF8.GetBytes(text)), cancellationToken: Cancel);
    }

    [Fact]
    public async Task A_customer_who_is_deleted_while_the_mail_server_is_away_gets_nothing_and_all_others_their_mail()
    {
        await using var mailServer = new TcpRelay();
        await using var product = await Product.StartAsync(app, ("Mail__SmtpPort", $"{mailServer.Port}"));
        var sample = SampleBase.CreateLapsed(Customers, product.Now.Today);
        await product.ImportAsync(sample);
        await product.StartScanAsync();
        await Until.TrueAsync(
            "every mail is put back", Product.Soon,
            async () => await product.LatestScanAsync() is { IsDone: true } && product.Host.RunningInvocations == 0
                && (await product.StatusAsync()).Queues[StorageOutreachQueue.QueueName] == Customers,
            product.DescribeAsync);

        var deleted = CustomerId.Parse(sample.Customers[0].Number);
        var table = await product.Part<StorageAccount>().TableAsync(TableCustomerStore.TableName);
        await table.DeleteEntityAsync(deleted.Partition, deleted.Value, cancellationToken: Cancel);
        mailServer.Open(product.Stack.Inbox!.SmtpPort);
        await product.UntilQuietAsync(Product.Soon);

        Assert.Equal(
            sample.Customers.Skip(1).Select(c => c.Mailbox).Order(StringComparer.Ordinal),
            (await product.MailsAsync()).Select(m => m.Recipient).Order(StringComparer.Ordinal));
        var status = await product.StatusAsync();
        Assert.Equal((Customers - 1, 0, 0, 0), (status.HandedOver, status.Uncertain.Count, status.Failed.Count, status.Poison.Count));
    }

    [Fact]
    public async Task An_address_that_the_mail_server_refuses_fails_visibly_and_is_not_tried_again()
    {
        var port = NodeService.FreePorts(1)[0];
        await using var product = await Product.StartAsync(app, ("Mail__SmtpPort", $"{port}"));
        var sample = SampleBase.CreateLapsed(Customers, product.Now.Today);
        var refused = sample.Customers[0];
        await using var server = await MailServerAsync(port, refused.Mailbox);
        await product.ImportAsync(sample);

        await product.ScanAsync();
        await product.ScanAsync();

        var status = await product.StatusAsync();
        var failed = Assert.Single(status.Failed);
        Assert.Equal(refused.Expected[0].Customer, failed.Customer);
        Assert.StartsWith("SMTP 550", failed.Problem, StringComparison.Ordinal);
        Assert.Equal((Customers - 1, 0, 0), (status.HandedOver, status.Uncertain.Count, status.Poison.Count));
        Assert.StartsWith("invitation failed: SMTP 550", (await product.WhyAsync(refused.Number, SampleBase.RestaurantCampaign)).Detail, StringComparison.Ordinal);
    }

    /// <summary>The server that the inbox is made of, refusing one address.</summary>
    private static async Task<NodeService> MailServerAsync(int port, string refused) => await NodeService.StartAsync(
        "the mail server", await NodePackages.EnsureAsync(_ => { }, Cancel),
        [
            "-e",
            $$"""
            const { SMTPServer } = require('smtp-server');
            new SMTPServer({
              disabledCommands: ['AUTH', 'STARTTLS'],
              onRcptTo: (to, session, done) => done(to.address === '{{refused}}' ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
              onData: (mail, session, done) => { mail.resume(); mail.on('end', done); },
            }).listen({{port}}, '127.0.0.1');
            """,
        ],
        [port], Cancel);
}
