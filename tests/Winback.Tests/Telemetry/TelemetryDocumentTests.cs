using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Winback.Campaigns;
using Winback.Customers;
using Winback.MailEvents;
using Winback.Outreach;
using Winback.Replies;
using Winback.Telemetry;
using Winback.Tests.Campaigns.Rendering;
using Winback.Tests.Fakes;

namespace Winback.Tests.Telemetry;

/// <summary>docs/telemetry.md says what is told: alerts and workbooks are written by it.</summary>
public sealed partial class TelemetryDocumentTests : IDisposable
{
    private static readonly string Document = File.ReadAllText(Path.Combine(SampleMails.Repository, "docs", "telemetry.md"));

    private readonly InMemoryApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void Every_figure_is_in_the_document_with_its_unit_and_tags()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (i, _) =>
            {
                if (ReferenceEquals(i.Meter.Scope, _app.Get<IMeterFactory>())) instruments.Add(i);
            },
        };
        listener.Start();
        using var heard = TellEverything();

        var told = from i in instruments
                   let tags = heard.Figures.First(f => f.Name == i.Name).TagNames
                   select $"| `{i.Name}` | `{i.Unit}` | {string.Join(", ", tags.Select(t => $"`{t}`"))} | {i.Description} |";
        Assert.Equal(told.Order(StringComparer.Ordinal), Figure().Matches(Document).Select(m => m.Value.TrimEnd()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_span_is_in_the_document_with_its_tags()
    {
        using var heard = TellEverything();

        var told = heard.Spans.Select(s => $"`{s.OperationName}`: {string.Join(", ", s.TagObjects.Select(t => $"`{t.Key}`"))}");
        Assert.Equal(
            told.Order(StringComparer.Ordinal),
            Span().Matches(Document).Select(m => $"{m.Groups["name"].Value}: {m.Groups["tags"].Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_event_of_the_provider_is_in_the_document() =>
        Assert.All(Enum.GetValues<MailEventKind>(), kind => Assert.Contains($"`{kind.Word()}`", Document, StringComparison.Ordinal));

    private Heard TellEverything()
    {
        var heard = new Heard(_app.Services);
        var (signals, customer, anchor) = (_app.Get<Signals>(), CustomerId.Parse("k1"), new Anchor("", new DateOnly(2026, 2, 10)));
        var enrolment = new Enrolment("c", "v", anchor, new DateOnly(2026, 10, 13), "s", StepState.HandedOver, InMemoryApp.Start, "id");
        signals.Scanning("1")!.Dispose();
        signals.ScanningShard("1", "0")!.Dispose();
        signals.ScanFinished();
        signals.FoundDue("c", 1);
        signals.FoundExcluded("c", "active", 1);
        using (var span = signals.HandlingStep(customer, "c", "s", signals.QueueingStep(customer, "c", anchor, "s")))
            Signals.Handled(span, OutreachOutcome.Sent, isWrong: false);
        signals.MailBecame("c", "s", StepState.HandedOver);
        signals.HeardOfMail(customer, "c", anchor, "s", "delivered");
        signals.Answered(customer, "c", anchor, Road.Mail);
        signals.Attributed(customer, enrolment, null, new WinBack(new DateOnly(2026, 10, 14), new Money(100)));
        signals.MessageFailed("q");
        signals.QueueIs("q", new QueueLevel(1, TimeSpan.FromSeconds(1)));
        signals.CasesOverdue(1);
        return heard;
    }

    [GeneratedRegex(@"^\| `winback\..*\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Figure();

    [GeneratedRegex(@"^\| (?<name>`[a-z -]+`) \| the (scan|enrolment) \| (?<tags>.*) \|\s*$", RegexOptions.Multiline)]
    private static partial Regex Span();
}
