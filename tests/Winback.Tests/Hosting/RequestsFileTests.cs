using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Tests.Campaigns.Rendering;
using Winback.Tests.Fakes;
using Winback.Tests.Pages;

namespace Winback.Tests.Hosting;

/// <summary>requests/winback.http names every route, and everything in it works as it stands there.</summary>
public sealed partial class RequestsFileTests
{
    private static readonly string File = System.IO.File.ReadAllText(Path.Combine(SampleMails.Repository, "requests", "winback.http"));

    [Fact]
    public async Task Every_route_can_be_called_from_the_file()
    {
        await using var app = await TestApp.StartAsync();
        var requests = Requests([]).Select(r => (r.Method, Path: r.Url.Split('?')[0])).ToList();
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => (Method: m, Route: e.RoutePattern.RawText!)));

        var missing = routes.Where(r => !requests.Exists(q => q.Method == r.Method && Regex.IsMatch(q.Path, $"^{Parameter().Replace(r.Route, "[^/]+")}$")));

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Every_request_in_the_file_works_after_a_mail_was_sent()
    {
        await using var app = await TestApp.StartAsync(
            ("Api:Keys:demo", Winback.Hosting.ApiKeys.Hash(Variable("apiKey"))), ("Replies:InboundSecrets:1", Variable("inboundSecret")),
            ("MailEvents:PublicKeys:0", Winback.Cli.Demo.DemoSettings.EventKey));
        app.Parts.AddLapsed("K000001");
        await app.HandleAsync("K000001", "invitation");
        var mail = app.Parts.Mail.Sent.Single();
        var requests = Requests(new Dictionary<string, string>
        {
            ["unsubscribeToken"] = mail.Headers["List-Unsubscribe"].Trim('>').Split('/')[^1],
            ["reasonToken"] = Token(PagePurpose.Reason),
            ["returnToken"] = Token(PagePurpose.Return),
            ["callToken"] = Token(PagePurpose.Call),
            ["preferencesToken"] = Token(PagePurpose.Preferences),
            ["replyAddress"] = mail.ReplyTo.Address.Value,
            ["callsToken"] = app.Services.GetRequiredService<Links>().CallSheet(InMemoryApp.Start.AddHours(1)).Split('/')[^1],
            ["referralCode"] = app.Parts.Codes.All.Single(c => c.Kind == CodeKind.Referral).Code,
            ["myReferralsToken"] = (await app.Services.GetRequiredService<ReferralCodes>().OfAsync(app.Parts.Customers["K000001"].Id, TestContext.Current.CancellationToken))!
                .Mine.Segments[^1],
            ["friendToken"] = FriendToken("piet@vriend.example"),
        });

        // Of who signs up by the requests before it.
        string FriendToken(string email)
        {
            var signedUp = new Referral(app.Parts.Customers["K000001"].Id, app.Parts.MailboxKey(email), InMemoryApp.Start);
            return app.Services.GetRequiredService<Links>().Friend(signedUp.FriendKey, signedUp.Id, new DateOnly(2026, 10, 13)).Split('/')[^1];
        }

        string Token(PagePurpose purpose) => PageLinks.Of(app, purpose, "K000001").Split('/')[^1];

        foreach (var request in requests.Where(r => !r.Url.EndsWith("/health", StringComparison.Ordinal))) // that one asks storage itself
        {
            var content = request.Body is null ? null : new StringContent(request.Body, Encoding.UTF8);
            if (content is not null) content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(request.Headers["Content-Type"]);
            using var answer = await app.SendAsync(
                new HttpMethod(request.Method), request.Url, content, [.. request.Headers.Where(h => h.Key != "Content-Type").Select(h => (h.Key, h.Value))]);
            Assert.True(answer.IsSuccessStatusCode, $"{request.Method} {request.Url}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        var customer = app.Parts.Customers["K000001"];
        Assert.Equal(InMemoryApp.Start, customer.OptedOutAt);
        Assert.NotNull(customer.Hold);
        Assert.Equal(InMemoryApp.Start, Assert.Single(app.Parts.Referrals.All).ConfirmedAt);
        Assert.Equal(4, app.Parts.Failures.All.Count);
        Assert.Equal(16, app.Parts.ShardQueue.Messages.Count);
        Assert.Equal(7, app.Parts.Replies.All.Count); // two mails, a form, and what was said on three pages and on the telephone
        Assert.All(app.Parts.Failures.All, f => Assert.Contains($"base64 of {f.Text}", File, StringComparison.Ordinal));
    }

    private static string Variable(string name) => Regex.Match(File, $"^@{name} = (.+)$", RegexOptions.Multiline).Groups[1].Value;

    private static List<Request> Requests(Dictionary<string, string> variables)
    {
        variables = new Dictionary<string, string>(variables) { ["app"] = "", ["handler"] = "" };
        return [.. File.Split("\n###").Skip(1).Select(block => Read(Reference().Replace(block, m => variables.GetValueOrDefault(m.Groups[1].Value, Variable(m.Groups[1].Value)))))];
    }

    /// <summary>Comment lines, the request line, headers, an empty line, the body.</summary>
    private static Request Read(string block)
    {
        var lines = block.TrimEnd('\n').Split('\n')[1..].SkipWhile(l => l.StartsWith('#')).ToArray();
        var end = Array.IndexOf(lines, "") is var empty and > 0 ? empty : lines.Length;
        var headers = lines[1..end].Select(l => l.Split(": ", 2)).ToDictionary(h => h[0], h => h[1]);
        // Clients send the lines of a form as RFC 2046 wants them, and no end of line after other bodies.
        var isForm = headers.GetValueOrDefault("Content-Type")?.StartsWith("multipart", StringComparison.Ordinal) ?? false;
        var body = end == lines.Length ? null : string.Join("\r\n", lines[(end + 1)..]) + (isForm ? "\r\n" : "");
        return new Request(lines[0].Split(' ')[0], lines[0].Split(' ')[1], headers, body);
    }

    private sealed record Request(string Method, string Url, Dictionary<string, string> Headers, string? Body);

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
