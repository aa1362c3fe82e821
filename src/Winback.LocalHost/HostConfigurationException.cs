namespace Winback.LocalHost;

/// <summary>The app folder or a setting is wrong; the message names the file, the setting and the remedy.</summary>
public sealed class HostConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
