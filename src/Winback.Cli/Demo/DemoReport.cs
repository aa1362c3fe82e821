using Winback.Scan;

namespace Winback.Cli.Demo;

/// <summary>What the demo did, and whether it is what the sample base says must come out.</summary>
/// <param name="Uncertain">Steps of which it is not known whether they were sent.</param>
/// <param name="Problems">Empty when everything is as expected.</param>
public sealed record DemoReport(
    int Customers, int Examined, int Due, int Sent, int InInbox, int Uncertain, ScanCounts Counts, string Inbox, string App, IReadOnlyList<string> Problems);
