namespace Winback.Benchmarks;

/// <summary>A bare loop and a scan right after each other.</summary>
internal sealed record ScanPair(TimeSpan Bare, TimeSpan Scan)
{
    /// <summary>The scan's speed as a part of the bare loop's: below 1 when the scan is slower.</summary>
    public double Ratio => Bare / Scan;
}

/// <summary>What was measured.</summary>
/// <param name="Due">Found and queued by every scan.</param>
/// <param name="BarePerSecond">Customers a second, the median.</param>
/// <param name="ScanPerSecond">Customers a second, the median.</param>
/// <param name="Ratio">The median of the pairs' own ratios, so that a machine that is slower for a while counts for both.</param>
/// <param name="PeakWorkingSetMegabytes">Of the whole process, filling the table included; 1,000,000 bytes.</param>
internal sealed record ScanFigures(
    int Customers, int Due, double BarePerSecond, double ScanPerSecond, double Ratio, double PeakWorkingSetMegabytes, IReadOnlyList<ScanPair> Pairs)
{
    /// <summary>The least that <see cref="Ratio"/> may be.</summary>
    public const double Target = 0.8;

    public bool IsFastEnough => Ratio >= Target;

    public double Rate(TimeSpan time) => Customers / time.TotalSeconds;

    public static ScanFigures Of(int customers, IReadOnlyList<ScanPair> pairs, long peakWorkingSet) => new(
        customers, SampleCustomers.DueOf(customers), customers / Median(pairs.Select(p => p.Bare.TotalSeconds)),
        customers / Median(pairs.Select(p => p.Scan.TotalSeconds)), Median(pairs.Select(p => p.Ratio)), Math.Round(peakWorkingSet / 1e6), pairs);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
