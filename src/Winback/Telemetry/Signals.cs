using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Telemetry;

/// <summary>
/// What the app tells of itself while it runs: spans and figures, both under <see cref="Name"/>. Customer numbers in spans, never addresses or
/// texts; in figures only words of which there are few. While nobody listens nothing is made. docs/telemetry.md says what each is.
/// </summary>
public sealed class Signals : IDisposable
{
    public const string Name = "Winback";

    private readonly string _currency;
    private readonly Counter<long> _scans;
    private readonly Counter<long> _due;
    private readonly Counter<long> _excluded;
    private readonly Counter<long> _mails;
    private readonly Counter<long> _mailEvents;
    private readonly Counter<long> _winBacks;
    private readonly Counter<double> _revenue;
    private readonly Counter<long> _failedMessages;
    private readonly Gauge<long> _queueLength;
    private readonly Gauge<double> _queueAge;
    private readonly Gauge<long> _casesOverdue;

    public Signals(IMeterFactory meters, BusinessOptions business)
    {
        _currency = business.Currency;
        var meter = meters.Create(Name);
        _scans = meter.CreateCounter<long>("winback.scans", "{scan}", "Scans that looked at every customer, or could not be started.");
        _due = meter.CreateCounter<long>("winback.customers.due", "{customer}", "Customers whom a scan found due; each scan counts anew.");
        _excluded = meter.CreateCounter<long>(
            "winback.customers.excluded", "{customer}", "Customers who get nothing, and why; each scan counts anew.");
        _mails = meter.CreateCounter<long>("winback.mails", "{mail}", "What became of each step that was to be sent.");
        _mailEvents = meter.CreateCounter<long>("winback.mail.events", "{event}", "What the mail provider told of our mails, each once.");
        _winBacks = meter.CreateCounter<long>("winback.winbacks", "{customer}", "Customers who came back within the attribution window, each once.");
        _revenue = meter.CreateCounter<double>("winback.revenue", "{currency}", "What they bought in it; what is given back takes nothing off.");
        _failedMessages = meter.CreateCounter<long>("winback.messages.failed", "{message}", "Queue messages that failed every time.");
        _queueLength = meter.CreateGauge<long>("winback.queue.length", "{message}", "Messages in a queue, those being worked on included.");
        _queueAge = meter.CreateGauge<double>("winback.queue.age", "s", "Age of the oldest message that waits in a queue; 0 when none does.");
        _casesOverdue = meter.CreateGauge<long>("winback.cases.overdue", "{case}", "Complaints that were not solved in time.");
    }

    internal ActivitySource Source { get; } = new(Name);

    /// <summary>Whether it is worth measuring what costs a call of storage.</summary>
    public bool WatchesQueues => _queueLength.Enabled || _queueAge.Enabled;

    /// <summary>A scan is being started.</summary>
    public Activity? Scanning(string scan) =>
        Source.HasListeners() ? Start("scan", Traces.OfScan(scan), ("winback.scan", scan)) : null;

    /// <summary>A part of a scan is being examined.</summary>
    public Activity? ScanningShard(string scan, string shard) => Source.HasListeners()
        ? Start("scan shard", Traces.OfScan(scan), ("winback.scan", scan), ("winback.shard", shard)) : null;

    public void ScanFinished() => _scans.Add(1, Tag("outcome", "finished"));

    public void ScanFailed() => _scans.Add(1, Tag("outcome", "failed"));

    public void FoundDue(string campaign, int customers) => _due.Add(customers, Tag("campaign", campaign));

    public void FoundExcluded(string campaign, string reason, int customers) =>
        _excluded.Add(customers, Tag("campaign", campaign), Tag("reason", reason));

    /// <summary>A step is handed to the queue.</summary>
    /// <returns>What the message carries, so that sending it follows from this; null while nobody listens.</returns>
    public string? QueueingStep(CustomerId customer, string campaign, Anchor anchor, string step)
    {
        if (!Source.HasListeners()) return null;
        using var span = Start("queue step", Traces.OfEnrolment(customer, campaign, anchor), About(customer, campaign, step));
        return span?.Id;
    }

    /// <summary>A queued step is being handled.</summary>
    /// <param name="traceParent">From its message; without one there is no span, since the enrolment is not known before it was looked for.</param>
    public Activity? HandlingStep(CustomerId customer, string campaign, string step, string? traceParent) =>
        Source.HasListeners() && ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Start("send step", parent, About(customer, campaign, step)) : null;

    /// <summary>What handling it came to.</summary>
    public static void Handled(Activity? span, Enum outcome, bool isWrong)
    {
        span?.SetTag("winback.outcome", Word(outcome));
        if (isWrong) span?.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>A claimed step became this, for the first time.</summary>
    public void MailBecame(string campaign, string step, StepState state) =>
        Mail(campaign, step, state == StepState.HandedOver ? "sent" : Word(state));

    /// <summary>A queued step was not due any more.</summary>
    public void MailDropped(string campaign, string step) => Mail(campaign, step, "dropped");

    /// <summary>The mail provider told something new of a mail.</summary>
    /// <param name="kind">In words, such as <c>delivered</c>.</param>
    public void HeardOfMail(CustomerId customer, string campaign, Anchor anchor, string step, string kind)
    {
        _mailEvents.Add(1, Tag("event", kind));
        Mark("mail event", customer, campaign, anchor, ("winback.step", step), ("winback.event", kind));
    }

    /// <summary>A customer answered a mail, by whatever road.</summary>
    public void Answered(CustomerId customer, string campaign, Anchor anchor, Enum road) =>
        Mark("reply", customer, campaign, anchor, ("winback.road", Word(road)));

    /// <summary>What an enrolment won was stored in place of what stood there before.</summary>
    public void Attributed(CustomerId customer, Enrolment enrolment, WinBack? before, WinBack? now)
    {
        var more = (now?.Revenue ?? Money.Zero) - (before?.Revenue ?? Money.Zero);
        if (more > Money.Zero) _revenue.Add((double)more.Amount, Tag("campaign", enrolment.Campaign), Tag("currency", _currency));
        if (before is not null || now is null) return;
        _winBacks.Add(1, Tag("campaign", enrolment.Campaign));
        Mark("win-back", customer, enrolment.Campaign, enrolment.Anchor);
    }

    public void MessageFailed(string queue) => _failedMessages.Add(1, Tag("queue", queue));

    public void QueueIs(string queue, QueueLevel level)
    {
        _queueLength.Record(level.Messages, Tag("queue", queue));
        _queueAge.Record(level.Oldest.TotalSeconds, Tag("queue", queue));
    }

    public void CasesOverdue(int cases) => _casesOverdue.Record(cases);

    public void Dispose() => Source.Dispose();

    private void Mail(string campaign, string step, string outcome) =>
        _mails.Add(1, Tag("campaign", campaign), Tag("step", step), Tag("outcome", outcome));

    /// <summary>A span without length, for what is known once it has happened.</summary>
    private void Mark(string name, CustomerId customer, string campaign, Anchor anchor, params ReadOnlySpan<(string, string)> more)
    {
        if (!Source.HasListeners()) return;
        using var span = Start(
            name, Traces.OfEnrolment(customer, campaign, anchor),
            [("winback.customer", customer.ToString()), ("winback.campaign", campaign), .. more]);
    }

    /// <summary>
    /// What runs around it, such as the host's invocation, has a trace of its own: it is linked. All are internal, since the host reports the
    /// invocations as requests, and a mail that failed is no request that failed.
    /// </summary>
    private Activity? Start(string name, ActivityContext parent, params ReadOnlySpan<(string Key, string Value)> tags)
    {
        ActivityLink[] links = Activity.Current is { } around && around.TraceId != parent.TraceId ? [new ActivityLink(around.Context)] : [];
        var span = Source.StartActivity(name, ActivityKind.Internal, parent, tags: null, links);
        if (span is { IsAllDataRequested: true })
            foreach (var (key, value) in tags) span.SetTag(key, value);
        return span;
    }

    private static (string, string)[] About(CustomerId customer, string campaign, string step) =>
        [("winback.customer", customer.ToString()), ("winback.campaign", campaign), ("winback.step", step)];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
