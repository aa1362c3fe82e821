using System.Globalization;
using System.Text;
using System.Text.Json;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Scan;

namespace Winback.Cli.Commands;

/// <summary>Collects the verdicts of a dry run, one row per customer and campaign. The rows wait in temporary files, so that memory does not grow.</summary>
internal sealed class DryRunReport(Moment now) : IDisposable
{
    private readonly Section _due = new();
    private readonly Section _waiting = new();
    private readonly Section _excluded = new();
    private readonly ScanTally _tally = new(ScanCounts.None);

    public ScanCounts Counts => _tally.Counts;

    public void Add(Customer customer, IReadOnlyList<Verdict> verdicts)
    {
        _tally.Add(verdicts);
        foreach (var verdict in verdicts)
        {
            switch (verdict)
            {
                case Due due:
                    if (due.Step.Channel == Channel.Phone) _due.Add(customer, due.Campaign, ("step", due.Step.Id), ("channel", "phone"));
                    else _due.Add(customer, due.Campaign, ("step", due.Step.Id));
                    break;
                case Waiting waiting:
                    _waiting.Add(customer, waiting.Campaign, ("detail", waiting.Detail));
                    break;
                case Excluded excluded:
                    _excluded.Add(customer, excluded.Campaign, ("reason", excluded.Reason.Word()), ("detail", excluded.Detail));
                    break;
            }
        }
    }

    /// <summary>{"asOf","due","waiting","excluded","counts"}; of what is due, a call says "channel": "phone".</summary>
    public async Task WriteJsonAsync(Stream output, CancellationToken cancel)
    {
        await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"asOf\":\"{now.Local:yyyy-MM-ddTHH:mm:ss}\",\"due\":["));
        await _due.CopyToAsync(output, cancel);
        await WriteAsync("],\"waiting\":[");
        await _waiting.CopyToAsync(output, cancel);
        await WriteAsync("],\"excluded\":[");
        await _excluded.CopyToAsync(output, cancel);
        await WriteAsync($"],\"counts\":{JsonSerializer.Serialize(Counts, CommandJson.Default.ScanCounts)}}}\n");

        async Task WriteAsync(string text) => await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
    }

    public void Dispose()
    {
        _due.Dispose();
        _waiting.Dispose();
        _excluded.Dispose();
    }

    private sealed class Section : IDisposable
    {
        private readonly FileStream _rows = new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        private readonly Utf8JsonWriter _writer;

        public Section() => _writer = new Utf8JsonWriter(_rows);

        public void Add(Customer customer, string campaign, params ReadOnlySpan<(string Name, string Value)> fields)
        {
            if (_rows.Length > 0) _rows.WriteByte((byte)',');
            _writer.Reset();
            _writer.WriteStartObject();
            _writer.WriteString("customer", customer.Id.Value);
            _writer.WriteString("campaign", campaign);
            foreach (var (name, value) in fields) _writer.WriteString(name, value);
            _writer.WriteEndObject();
            _writer.Flush();
        }

        public async Task CopyToAsync(Stream output, CancellationToken cancel)
        {
            _rows.Position = 0;
            await _rows.CopyToAsync(output, cancel);
        }

        public void Dispose()
        {
            _writer.Dispose();
            _rows.Dispose();
        }
    }
}
