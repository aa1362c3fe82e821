using Winback.Campaigns;

namespace Winback.Pages;

/// <summary>In which language a page is, and its words in either.</summary>
public static class PageLanguage
{
    /// <summary>What the visitor chose on the page, with <c>?lang=</c>; null when nothing was, or no language of ours.</summary>
    public static string? Asked(HttpContext http) => http.Request.Query["lang"] is [{ } code] && Languages.All.Contains(code) ? code : null;

    public static string Say(string language, string dutch, string english) => language == "en" ? english : dutch;
}
