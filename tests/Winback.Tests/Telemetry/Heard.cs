using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Winback.Telemetry;

namespace Winback.Tests.Telemetry;

/// <param name="Tags">As campaign=x, reason=y.</param>
internal sealed record Figure(string Name, double Value, string Tags, IReadOnlyList<string> TagNames);

/// <summary>Hears what one app tells of itself, and nothing of those that other tests run beside it.</summary>
internal sealed class Heard : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Activity> _spans = [];
    private readonly List<Figure> _figures = [];
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;

    public Heard(IServiceProvider services)
    {
        var (source, scope) = (services.GetRequiredService<Signals>().Source, services.GetRequiredService<IMeterFactory>());
        _activities = new ActivityListener
        {
            ShouldListenTo = s => ReferenceEquals(s, source),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (_lock) _spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Signals.Name && ReferenceEquals(instrument.Meter.Scope, scope))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
    }

    public IReadOnlyList<Activity> Spans
    {
        get
        {
            lock (_lock) return [.. _spans];
        }
    }

    /// <summary>Those of enrolments, one trace each, by customer.</summary>
    public IEnumerable<Activity> Of(string customer) => Spans.Where(s => s.GetTagItem("winback.customer") as string == customer);

    public IReadOnlyList<Figure> Figures
    {
        get
        {
            lock (_lock) return [.. _figures];
        }
    }

    /// <summary>What was told of an instrument in all, per combination of tags, without what came to nothing.</summary>
    public IReadOnlyList<string> Sums(string name) =>
        [.. Figures.Where(f => f.Name == name).GroupBy(f => f.Tags).Select(g => (g.Key, Sum: g.Sum(f => f.Value))).Where(g => g.Sum != 0)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key}: {g.Sum}")).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray();
        var figure = new Figure(instrument.Name, value, string.Join(", ", all.Select(t => $"{t.Key}={t.Value}")), [.. all.Select(t => t.Key)]);
        lock (_lock) _figures.Add(figure);
    }
}
