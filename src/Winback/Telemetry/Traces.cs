using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Telemetry;

/// <summary>
/// Which trace something belongs to. Computed from what it is about, so that whoever takes part, weeks later and on another machine, finds the
/// same one and nobody has to keep it. The parent of every span is the enrolment or scan itself, which is no span. Pure.
/// </summary>
internal static class Traces
{
    public static ActivityContext OfEnrolment(CustomerId customer, string campaign, Anchor anchor) =>
        Of($"enrolment|{customer.Value}|{campaign}|{AnchorKey.Of(anchor)}");

    public static ActivityContext OfScan(string scan) => Of($"scan|{scan}");

    private static ActivityContext Of(string what)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan();
        var (trace, parent) = (ActivityTraceId.CreateFromBytes(hash[..16]), ActivitySpanId.CreateFromBytes(hash.Slice(16, 8)));
        return new ActivityContext(trace, parent, ActivityTraceFlags.Recorded, isRemote: true);
    }
}
