namespace Winback.Hosting;

/// <summary>A setting whose value is shown to nobody, and in Azure is a reference to Key Vault.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
