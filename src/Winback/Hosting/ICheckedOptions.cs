namespace Winback.Hosting;

/// <summary>Settings that can say what is wrong with them.</summary>
public interface ICheckedOptions
{
    /// <summary>Each names the setting as it is set in the environment, says what is wrong and what to do; never shows a secret.</summary>
    IEnumerable<string> Problems();
}
