using Microsoft.Extensions.Configuration;
using Winback.Storage;

namespace Winback.Tests.Storage;

public sealed class StorageAddressTests
{
    [Theory]
    [InlineData("delinde")]
    [InlineData(" DeLinde ")]
    [InlineData("https://delinde.table.core.windows.net")]
    [InlineData("https://delinde.blob.core.windows.net/")]
    [InlineData("https://DELINDE.queue.core.windows.net")]
    public void A_name_and_the_address_of_any_service_mean_the_account_by_identity(string storage)
    {
        var settings = StorageAddress.ToSettings(storage);

        Assert.Equal("", settings["AzureWebJobsStorage"]);
        Assert.Equal("https://delinde.table.core.windows.net", settings["AzureWebJobsStorage__tableServiceUri"]);
        Assert.Equal("https://delinde.queue.core.windows.net", settings["AzureWebJobsStorage__queueServiceUri"]);
        // Settings that were pulled from the app may name its identity, which a person's machine does not have.
        Assert.Equal("", settings["AzureWebJobsStorage__clientId"]);
    }

    [Fact]
    public void Another_cloud_stays_the_other_cloud() => Assert.Equal(
        "https://delinde.queue.core.chinacloudapi.cn",
        StorageAddress.ToSettings("https://delinde.blob.core.chinacloudapi.cn")["AzureWebJobsStorage__queueServiceUri"]);

    [Fact]
    public void A_connection_string_is_taken_as_it_is_and_empties_an_address()
    {
        const string text = "DefaultEndpointsProtocol=https;AccountName=delinde;AccountKey=AAAA;EndpointSuffix=core.windows.net";

        var settings = StorageAddress.ToSettings(text);

        Assert.Equal((text, "", ""), (settings["AzureWebJobsStorage"], settings["AzureWebJobsStorage__tableServiceUri"], settings["AzureWebJobsStorage__queueServiceUri"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")] // names have three letters or more
    [InlineData("my-account")]
    [InlineData("http://delinde.table.core.windows.net")] // a token is never sent in the clear
    [InlineData("https://delinde.table.core.windows.net.evil.example")]
    [InlineData("https://evil.example/delinde.table.core.windows.net")]
    [InlineData("https://delinde.table.core.windows.net?sv=2024&sig=secret")]
    public void Anything_else_is_refused_and_not_repeated(string storage)
    {
        var problem = Assert.Throws<FormatException>(() => StorageAddress.ToSettings(storage)).Message;

        Assert.Contains("https://NAME.table.core.windows.net", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_that_is_none_is_not_repeated_either()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            StorageAddress.ToSettings("AccountKey=secret").Select(s => KeyValuePair.Create<string, string?>(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value))).Build();

        var problem = StorageAccount.Problem(configuration);

        Assert.StartsWith("AzureWebJobsStorage: is not a storage connection string", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
