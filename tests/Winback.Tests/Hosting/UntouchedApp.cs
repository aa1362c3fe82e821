namespace Winback.Tests.Hosting;

/// <summary>One app for all the tests of a class that must leave it as it was.</summary>
public sealed class UntouchedApp : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await TestApp.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
