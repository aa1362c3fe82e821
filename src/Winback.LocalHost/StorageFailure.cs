using Azure;

namespace Winback.LocalHost;

internal static class StorageFailure
{
    /// <summary>One line without the request's headers, which the storage library's messages end with.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        AggregateException { InnerException: { } inner } => Describe(inner),
        RequestFailedException { Status: not 0 } answer => $"{answer.Status} {answer.ErrorCode}",
        _ => failure.Message.Split('\n')[0].Trim(),
    };
}
