using Azure.Storage.Queues;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Hosting;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Scan;
using Winback.Storage;

namespace Winback.Cli.Commands;

/// <summary>One outreach that needs a look.</summary>
internal sealed record StatusOutreach(string Customer, string Campaign, string Step, DateTimeOffset At, string? Problem);

/// <summary>What one campaign came to, over all time.</summary>
/// <param name="Sent">Per step, how many mails were handed over.</param>
/// <param name="Delivered">Mails of which the provider told that they arrived, those that bounced or were called spam later among them.</param>
/// <param name="Bounced">Mails that came back, or that the provider would not send to an address known to bounce.</param>
/// <param name="Complained">Mails that were called spam.</param>
/// <param name="Replies">Written by people.</param>
/// <param name="Revenue">Bought within the attribution window, by all who were won back.</param>
/// <param name="DueAgain">Put back by hand, to be sent with the next scan.</param>
/// <param name="Calls">Per step that is a call, how many came onto the call sheet.</param>
internal sealed record StatusCampaign(
    string Campaign, int Enrolled, IReadOnlyDictionary<string, int> Sent, int Delivered, int Bounced, int Complained, int Replies, int WinBacks,
    decimal Revenue, int Uncertain, int Failed, int DueAgain, IReadOnlyDictionary<string, int> Calls);

/// <summary>What <c>winback status --json</c> prints.</summary>
/// <param name="Uncertain">What nobody looked at yet; the first 1,000. The campaigns have the whole number.</param>
/// <param name="Failed">As Uncertain.</param>
/// <param name="ReferralStates">How many referrals are in each state; those earned are for the owner to hand out.</param>
/// <param name="Poison">Messages that failed every time, and that nobody looked at yet.</param>
internal sealed record Status(
    IReadOnlyList<ScanSummary> Scans, IReadOnlyDictionary<string, int> Queues, int HandedOver, IReadOnlyList<StatusOutreach> Uncertain,
    IReadOnlyList<StatusOutreach> Failed, IReadOnlyList<Failure> Poison, int Parked, int Replies, int Referrals, IReadOnlyDictionary<string, int> ReferralStates,
    int WinBacks, decimal WonRevenue, IReadOnlyList<StatusCampaign> Campaigns, StatusReplies ToDo);

/// <summary>What is to be done about what customers said.</summary>
/// <param name="Open">All of it, the complaints and those of nobody among them.</param>
/// <param name="Late">Complaints that are open past their clock.</param>
/// <param name="Unmatched">Nobody knows whose they are.</param>
internal sealed record StatusReplies(int Open, int Complaints, int Late, int Unmatched);

/// <summary>
/// Puts the status together. It reads the tables <c>enrolments</c>, <c>outreach</c>, <c>replies</c> and <c>referrals</c> from end to end, streaming: nothing is
/// counted beforehand, so nothing can be counted wrong.
/// </summary>
internal sealed class StatusReport(Action<int>? progress)
{
    private const int Scans = 3;
    private const int Listed = 1000;

    private readonly SortedDictionary<string, Tally> _campaigns = new(StringComparer.Ordinal);
    private readonly List<StatusOutreach> _uncertain = [];
    private readonly List<StatusOutreach> _failed = [];
    private StatusReplies _toDo = new(0, 0, 0, 0);
    private int _replies;
    private int _rows;

    public IReadOnlyList<StatusCampaign> Campaigns => [.. _campaigns.Select(c => c.Value.ToStatus(c.Key))];

    /// <param name="progress">Told how many rows were read so far.</param>
    public static async Task<Status> ReadAsync(IServiceProvider parts, CancellationToken cancel, Action<int>? progress = null)
    {
        var report = await CountAsync(parts, progress, cancel);
        var campaigns = report.Campaigns;
        var referrals = await ReferralsAsync(parts, cancel);
        return new Status(
            await parts.GetRequiredService<IScanStore>().LatestAsync(Scans, cancel),
            await QueuesAsync(parts.GetRequiredService<StorageAccount>(), cancel),
            campaigns.Sum(c => c.Sent.Values.Sum()), report._uncertain, report._failed,
            await parts.GetRequiredService<IFailureStore>().AllAsync(cancel).Where(f => f.SeenAt is null).ToListAsync(cancel),
            await parts.GetRequiredService<IFactStore>().CountParkedAsync(cancel),
            report._replies,
            referrals.Values.Sum(), referrals,
            campaigns.Sum(c => c.WinBacks), campaigns.Sum(c => c.Revenue), campaigns, report._toDo);
    }

    /// <summary>Reads what the campaigns came to.</summary>
    public static async Task<StatusReport> CountAsync(IServiceProvider parts, Action<int>? progress, CancellationToken cancel)
    {
        var report = new StatusReport(progress);
        var (options, now) = (parts.GetRequiredService<ReplyOptions>(), parts.GetRequiredService<OwnerClock>().Now.Instant);
        await foreach (var e in parts.GetRequiredService<IEnrolmentStore>().AllAsync(cancel)) report.Add(e);
        await foreach (var o in parts.GetRequiredService<IOutreachStore>().AllAsync(cancel)) report.Add(o);
        await foreach (var r in parts.GetRequiredService<IReplyStore>().AllAsync(cancel)) report.Add(r, options, now);
        return report;
    }

    /// <summary>How many messages each queue holds, about.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> QueuesAsync(StorageAccount storage, CancellationToken cancel)
    {
        var queues = new SortedDictionary<string, int>(StringComparer.Ordinal);
        string[] names = [StorageScanQueue.QueueName, StorageOutreachQueue.QueueName, StorageReplyQueues.ReadQueue, StorageReplyQueues.FollowUpQueue];
        foreach (var name in names.Concat(names.Select(n => n + "-poison")))
        {
            QueueClient queue = await storage.QueueAsync(name);
            queues[name] = (await queue.GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount;
        }
        return queues;
    }

    /// <summary>How many referrals are in each state, in the order of the states.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> ReferralsAsync(IServiceProvider parts, CancellationToken cancel)
    {
        var counts = await parts.GetRequiredService<ReferralBook>().AllAsync(cancel).CountBy(r => r.Decision.State).ToListAsync(cancel);
        return new OrderedDictionary<string, int>(counts.OrderBy(c => c.Key).Select(c => KeyValuePair.Create(c.Key.Word(), c.Value)));
    }

    /// <summary>The figures of a row's campaign, the row counted as read.</summary>
    private Tally Next(string campaign)
    {
        if (++_rows % 1000 == 0) progress?.Invoke(_rows);
        if (!_campaigns.TryGetValue(campaign, out var tally)) _campaigns[campaign] = tally = new Tally();
        return tally;
    }

    private void Add(EnrolmentRecord e)
    {
        var tally = Next(e.Campaign);
        tally.Enrolled++;
        if (e.WonBackOn is not null) tally.WinBacks++;
        tally.Revenue += e.Revenue;
    }

    private void Add(OutreachRecord o)
    {
        var tally = Next(o.Campaign);
        var steps = o.Channel == Channel.Phone ? tally.Calls : tally.Sent;
        if (o.State == StepState.HandedOver) steps[o.Step] = steps.GetValueOrDefault(o.Step) + 1;
        if (o.State == StepState.DueAgain) tally.DueAgain++;
        if (o.Delivery.ContainsKey(DeliveryState.Delivered)) tally.Delivered++;
        if (o.Delivered is DeliveryState.Bounced or DeliveryState.Blocked or DeliveryState.Dropped) tally.Bounced++;
        if (o.Delivered == DeliveryState.Complained) tally.Complained++;
        if (!o.NeedsLook) return;
        if (o.State == StepState.Failed) tally.Failed++;
        else tally.Uncertain++;
        var list = o.State == StepState.Failed ? _failed : _uncertain;
        if (list.Count < Listed) list.Add(new StatusOutreach(o.Customer.Value, o.Campaign, o.Step, o.At, o.Problem));
    }

    private void Add(Reply r, ReplyOptions options, DateTimeOffset now)
    {
        _replies++;
        if (r.IsOpen)
        {
            _toDo = new StatusReplies(
                _toDo.Open + 1, _toDo.Complaints + (r.IsOpenCase ? 1 : 0), _toDo.Late + (CaseClock.IsLate(r, options, now) ? 1 : 0),
                _toDo.Unmatched + (r.Customer is null ? 1 : 0));
        }
        if (r.Campaign is { } campaign && r.FollowUp.Stops) Next(campaign).Replies++;
    }

    private sealed class Tally
    {
        public int Enrolled { get; set; }

        public SortedDictionary<string, int> Sent { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

        public int Delivered { get; set; }

        public int Bounced { get; set; }

        public int Complained { get; set; }

        public int Replies { get; set; }

        public int WinBacks { get; set; }

        public Money Revenue { get; set; }

        public int Uncertain { get; set; }

        public int Failed { get; set; }

        public int DueAgain { get; set; }

        public StatusCampaign ToStatus(string campaign) =>
            new(campaign, Enrolled, Sent, Delivered, Bounced, Complained, Replies, WinBacks, Revenue.Amount, Uncertain, Failed, DueAgain, Calls);
    }
}
