using System.Runtime.InteropServices;
using Azure;
using Azure.Identity;
using Winback.Campaigns;
using Winback.Cli.Cloud;
using Winback.Customers.Import;
using Winback.LocalHost;
using Winback.Replies.Reading;

namespace Winback.Cli;

/// <summary>Exit codes: 0 done, 1 it did not work or is not as it should be (the message says why and what to do), 2 stopped by Ctrl-C.</summary>
internal static class Errors
{
    /// <summary>Shows what a user can mend as a message; anything else is ours and comes with its trace.</summary>
    public static async Task<int> ShownAsync(Func<CancellationToken, Task<int>> run)
    {
        using var stop = new CancellationTokenSource();
        using var hangup = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => Cancel(c, stop));
        try
        {
            return await run(stop.Token);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 2;
        }
        catch (Exception e) when (e is CommandException or SettingsException or CampaignException or LexiconException or ImportException or ImportStoppedException
            or HostConfigurationException or AppStartException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (CloudException e)
        {
            await Console.Error.WriteLineAsync($"{char.ToUpperInvariant(e.Message[0])}{e.Message[1..]}.");
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"A file or folder cannot be read or written: {e.Message}");
            return 1;
        }
        catch (AuthenticationFailedException e)
        {
            await Console.Error.WriteLineAsync($"Nobody is logged in whom Azure would know: {e.Message.Split('\n')[0]} Log in, for instance with: az login");
            return 1;
        }
        catch (RequestFailedException e) when (e.Status == 403)
        {
            await Console.Error.WriteLineAsync(
                $"Storage refuses us ({e.ErrorCode}). To work on it one needs the roles Storage Table Data Contributor, Storage Queue Data Contributor and Storage Blob Data "
                + "Contributor on the account (to look only: Reader instead of Contributor), and its firewall must let this machine in. winback doctor says more.");
            return 1;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException { InnerException: RequestFailedException or HttpRequestException })
        {
            await Console.Error.WriteLineAsync($"Storage cannot be reached or refuses us: {e.Message.Split('\n')[0]} Is winback up still running?");
            return 1;
        }
    }

    private static void Cancel(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}
