using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Winback.Storage;

namespace Winback.Cli.Cloud;

/// <summary>Whoever is logged in, and the network on the way to Azure.</summary>
/// <param name="Transport">Null for the network itself.</param>
internal sealed record AzureLogin(TokenCredential Credential, HttpPipelineTransport? Transport = null)
{
    public static AzureLogin OfThisMachine { get; } = new(new DefaultAzureCredential());

    public T Apply<T>(T options) where T : ClientOptions
    {
        if (Transport is not null) options.Transport = Transport;
        return StorageRetry.Brief.Apply(options);
    }

    /// <summary>Says in words of ours why something in Azure cannot be done.</summary>
    /// <param name="place">What is asked, as in "the vault kv-linde".</param>
    /// <param name="refused">Explains an answer that is an error.</param>
    /// <exception cref="CloudException">It cannot be done.</exception>
    public static async Task<T> ExplainedAsync<T>(string place, Func<RequestFailedException, CloudException> refused, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (RequestFailedException e) when (e.Status != 0)
        {
            throw refused(e);
        }
        catch (AuthenticationFailedException e)
        {
            throw new CloudException(
                $"nobody is logged in whom {place} would know ({Reason(e)}); log in, with az login or azd auth login", CloudProblem.Other, e);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or HttpRequestException or IOException)
        {
            throw new CloudException($"{place} cannot be reached ({Reason(e)}); check the address and the network", CloudProblem.Other, e);
        }
    }

    /// <summary>The first sentence; what follows is about the client library.</summary>
    private static string Reason(Exception e) =>
        (e is AggregateException { InnerExceptions: [.., var last] } ? last : e).Message.Split('\n')[0].Split(". ")[0].Trim().TrimEnd('.');
}
