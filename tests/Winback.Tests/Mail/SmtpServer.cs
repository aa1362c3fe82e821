using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Winback.Tests.Mail;

/// <summary>As much of an SMTP server as a script needs: answers each command as told, else as a friendly server does.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    /// <summary>In place of an answer: say nothing any more.</summary>
    public const string Silence = "silence";

    /// <summary>In place of an answer: close the connection.</summary>
    public const string HangUp = "hang up";

    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal)
    {
        ["greeting"] = "220 test",
        ["EHLO"] = "250-test\r\n250 8BITMIME",
        ["HELO"] = "250 test",
        ["MAIL"] = "250 ok",
        ["RCPT"] = "250 ok",
        ["DATA"] = "354 go on",
        ["."] = "250 queued as 1",
        ["RSET"] = "250 ok",
        ["NOOP"] = "250 ok",
        ["QUIT"] = "221 bye",
        ["AUTH"] = "235 ok",
    };

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <param name="script">Per command (<c>greeting</c>, <c>EHLO</c> .. <c>DATA</c>, <c>.</c> for the mail itself) the answer.</param>
    public SmtpServer(params (string Command, string Answer)[] script)
    {
        foreach (var (command, answer) in script) _answers[command] = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>The mails as they came, lines ended by LF, escaped points unescaped.</summary>
    public List<string> Mails { get; } = [];

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        if (!await AnswerAsync(stream, "greeting")) return;
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var command = line.Split(' ')[0].ToUpperInvariant();
            if (!await AnswerAsync(stream, command)) return;
            if (command == "DATA" && _answers["DATA"].StartsWith('3'))
            {
                Mails.Add(await ReadMailAsync(reader));
                if (!await AnswerAsync(stream, ".")) return;
            }
            if (command == "QUIT") return;
        }
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        return mail.ToString();
    }

    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> AnswerAsync(NetworkStream stream, string command)
    {
        var answer = _answers.GetValueOrDefault(command, "502 unknown command");
        if (answer == HangUp) return false;
        if (answer == Silence) await Task.Delay(Timeout.Infinite, _stop.Token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), _stop.Token);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }
}
