using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Time.Testing;
using Polly.Utilities;
using Winback.Mail;

namespace Winback.Tests.Mail;

/// <summary>The SendGrid sender with its real registration and policies; only the network and the waiting are scripted.</summary>
public sealed class SendGridMailSenderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 10, 13, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly ScriptedHandler _network = new();
    private readonly List<TimeSpan> _waits = [];
    private readonly ServiceProvider _services;

    public SendGridMailSenderTests()
    {
        // Polly's own clock: waits are noted instead of waited for.
        SystemClock.SleepAsync = (wait, _) =>
        {
            _waits.Add(wait);
            return Task.CompletedTask;
        };
        SystemClock.UtcNow = () => _time.GetUtcNow().UtcDateTime;
        var options = new MailOptions
        {
            Provider = MailProvider.SendGrid,
            From = "hallo@delinde.example",
            SendGridApiKey = "SG.test",
            SendGridUrl = "https://api.eu.sendgrid.com",
            Timeout = TimeSpan.FromSeconds(1),
        };
        var services = new ServiceCollection().AddLogging().AddSingleton(options).AddSingleton<TimeProvider>(_time);
        services.AddMailSender(options);
        services.ConfigureAll<HttpClientFactoryOptions>(o => o.HttpMessageHandlerBuilderActions.Add(b => b.PrimaryHandler = _network));
        _services = services.BuildServiceProvider();
    }

    private Task<SendResult> SendAsync(string to = "sam@klant.example", string? name = "Sam de Vries") =>
        _services.GetRequiredService<IMailSender>().SendAsync(SampleMail.Create(to, name));

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"scopes":["mail.send","stats.read"]}""", null)]
    [InlineData(HttpStatusCode.OK, """{"scopes":["stats.read"]}""", "Mail__SendGridApiKey may not send")]
    [InlineData(HttpStatusCode.Unauthorized, "", "SendGrid answered 401; check Mail__SendGridApiKey")]
    public async Task A_look_at_the_key_sends_nothing(HttpStatusCode status, string body, string? problem)
    {
        _network.Enqueue(_ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) }));

        var found = await _services.GetRequiredService<IMailSender>().FindProblemAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("GET", "/v3/scopes"), (_network.Requests.Single().Request.Method.Method, _network.Requests.Single().Request.RequestUri!.AbsolutePath));
        if (problem is null) Assert.Null(found);
        else Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepted_comes_with_SendGrids_id()
    {
        _network.Answer(HttpStatusCode.Accepted, ("X-Message-Id", "14c5d75ce93"));

        Assert.Equal(new Accepted("14c5d75ce93"), await SendAsync());
    }

    [Fact]
    public async Task Accepted_without_an_id_is_accepted()
    {
        _network.Answer(HttpStatusCode.Accepted);

        Assert.Equal(new Accepted(null), await SendAsync());
    }

    [Fact]
    public async Task The_request_is_what_SendGrid_asks_for()
    {
        _network.Answer(HttpStatusCode.Accepted);
        await SendAsync(name: "Vries, Sam; de"); // , and ; would mean more addresses

        var (request, body) = Assert.Single(_network.Requests);
        Assert.Equal((HttpMethod.Post, "https://api.eu.sendgrid.com/v3/mail/send", "Bearer SG.test"),
            (request.Method, request.RequestUri?.ToString(), request.Headers.Authorization?.ToString()));
        using var json = JsonDocument.Parse(body);
        var mail = json.RootElement;
        Assert.Equal(("hallo@delinde.example", "Eetcafé De Linde"), Party(mail.GetProperty("from")));
        Assert.Equal(("r.0123456789abcdefghjkmnpqrstvwxyz@antwoord.delinde.example", "Eetcafé De Linde"), Party(mail.GetProperty("reply_to")));
        var personalization = Assert.Single(mail.GetProperty("personalizations").EnumerateArray());
        Assert.Equal(("sam@klant.example", "Vries  Sam  de"), Party(Assert.Single(personalization.GetProperty("to").EnumerateArray())));
        Assert.Equal("Kom je weer eens langs? ☕", Either(mail, personalization, "subject").GetString());
        Assert.Equal(["text/plain", "text/html"], mail.GetProperty("content").EnumerateArray().Select(c => c.GetProperty("type").GetString()));
        var headers = Either(mail, personalization, "headers");
        Assert.Equal("<https://post.delinde.example/api/unsubscribe/abc>", headers.GetProperty("List-Unsubscribe").GetString());
        Assert.Equal("List-Unsubscribe=One-Click", headers.GetProperty("List-Unsubscribe-Post").GetString());
        Assert.Equal("<0123456789abcdef@delinde.example>", headers.GetProperty("Message-ID").GetString());
        var args = Either(mail, personalization, "custom_args");
        Assert.Equal(("0123456789abcdef", "k1"), (args.GetProperty("outreach").GetString(), args.GetProperty("customer").GetString()));
        var tracking = mail.GetProperty("tracking_settings");
        Assert.False(tracking.GetProperty("click_tracking").GetProperty("enable").GetBoolean());
        Assert.False(tracking.GetProperty("click_tracking").GetProperty("enable_text").GetBoolean());
        Assert.False(tracking.GetProperty("open_tracking").GetProperty("enable").GetBoolean());
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_mail_that_is_wrong_is_refused(HttpStatusCode status)
    {
        _network.Answer(status);

        Assert.IsType<Refused>(await SendAsync());
        Assert.Single(_network.Requests);
    }

    [Theory] // The mails will go once the owner has mended the key.
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.PaymentRequired)]
    [InlineData(HttpStatusCode.NotFound)] // a wrong Mail__SendGridUrl
    public async Task A_key_that_is_wrong_is_not_the_mails_fault(HttpStatusCode status)
    {
        _network.Answer(status);

        var unavailable = Assert.IsType<Unavailable>(await SendAsync());
        Assert.Contains("Mail__SendGridApiKey", unavailable.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rate_limit_is_waited_for_when_it_ends_soon()
    {
        _network.Answer(HttpStatusCode.TooManyRequests, Reset(seconds: 5));
        _network.Answer(HttpStatusCode.Accepted, ("X-Message-Id", "id"));

        Assert.Equal(new Accepted("id"), await SendAsync());

        Assert.Equal(2, _network.Requests.Count);
        Assert.Equal([TimeSpan.FromSeconds(5.2)], _waits); // and a little, since clocks differ
    }

    [Fact]
    public async Task A_rate_limit_that_ends_late_is_put_back_with_the_time()
    {
        _network.Answer(HttpStatusCode.TooManyRequests, ("X-RateLimit-Reset", "4102444800")); // 2100

        var unavailable = Assert.IsType<Unavailable>(await SendAsync());

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(4102444800) - Now, unavailable.RetryAfter);
        Assert.Single(_network.Requests);
        Assert.Empty(_waits);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task A_rate_limit_without_a_usable_time_is_tried_a_few_times_more(string reset)
    {
        for (var i = 0; i < 4; i++) _network.Answer(HttpStatusCode.TooManyRequests, ("X-RateLimit-Reset", reset));

        Assert.Equal(new Unavailable("SendGrid is limiting the rate (429)"), await SendAsync());

        Assert.Equal(4, _network.Requests.Count);
        Assert.Equal([2, 4, 8], _waits.Select(w => (int)w.TotalSeconds));
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task What_never_left_is_tried_again(HttpRequestError error)
    {
        _network.Throw(new HttpRequestException(error));
        _network.Answer(HttpStatusCode.Accepted, ("X-Message-Id", "id"));

        Assert.Equal(new Accepted("id"), await SendAsync());
    }

    [Fact]
    public async Task What_never_left_a_few_times_in_a_row_is_put_back()
    {
        for (var i = 0; i < 4; i++) _network.Throw(new HttpRequestException(HttpRequestError.ConnectionError));

        Assert.IsType<Unavailable>(await SendAsync());

        Assert.Equal(4, _network.Requests.Count);
        Assert.Equal(3, _waits.Count);
    }

    [Fact]
    public async Task A_real_refused_connection_never_left()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = new HttpClient();

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://127.0.0.1:{port}"), TestContext.Current.CancellationToken));

        Assert.True(SendGridHttp.IsBeforeSending(refused));
    }

    [Theory] // It may have been taken: never again by itself.
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task After_an_answer_that_says_nothing_it_is_unknown_and_asked_once(HttpStatusCode status)
    {
        _network.Answer(status);

        Assert.IsType<Unknown>(await SendAsync());
        Assert.Single(_network.Requests);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.HttpProtocolError)]
    [InlineData(HttpRequestError.InvalidResponse)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task A_connection_that_breaks_after_the_request_left_is_unknown_and_asked_once(HttpRequestError error)
    {
        _network.Throw(new HttpRequestException(error));

        Assert.IsType<Unknown>(await SendAsync());
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task No_answer_in_time_is_unknown_and_asked_once()
    {
        _network.Enqueue(async cancel =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        });

        Assert.IsType<Unknown>(await SendAsync());
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_unknown_and_asked_once()
    {
        _network.Enqueue(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StreamContent(new EndlessStream()) }));

        Assert.IsType<Unknown>(await SendAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Single(_network.Requests);
    }

    [Fact]
    public async Task After_many_failures_in_a_row_it_pauses_and_then_tries_again()
    {
        for (var i = 0; i < SendGridHttp.BreakAfter; i++)
        {
            _network.Answer(HttpStatusCode.InternalServerError);
            Assert.IsType<Unknown>(await SendAsync());
        }

        var unavailable = Assert.IsType<Unavailable>(await SendAsync());
        Assert.Equal(SendGridHttp.BreakFor, unavailable.RetryAfter);
        Assert.Equal(SendGridHttp.BreakAfter, _network.Requests.Count);

        _time.Advance(SendGridHttp.BreakFor);
        _network.Answer(HttpStatusCode.Accepted, ("X-Message-Id", "id"));
        Assert.Equal(new Accepted("id"), await SendAsync());
    }

    public void Dispose()
    {
        _services.Dispose();
        _network.Dispose();
        SystemClock.Reset();
    }

    private static (string, string) Reset(int seconds) => ("X-RateLimit-Reset", Now.AddSeconds(seconds).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static (string?, string?) Party(JsonElement party) => (party.GetProperty("email").GetString(), party.GetProperty("name").GetString());

    /// <summary>SendGrid takes these of the whole message or of a personalization.</summary>
    private static JsonElement Either(JsonElement mail, JsonElement personalization, string name) =>
        mail.TryGetProperty(name, out var value) ? value : personalization.GetProperty(name);

    /// <summary>Never gives a byte.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
