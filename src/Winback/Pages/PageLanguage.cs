using Winback.Campaigns;

namespace Winback.Pages;

/// <summary>In which language a page is.</summary>
public static class PageLanguage
{
    /// <summary>What the visitor chose on the page, with <c>?lang=</c>; null when nothing was, or no language of ours.</summary>
    public static string? Asked(HttpContext http) => http.Request.Query["lang"] is [{ } code] && Languages.All.Contains(code) ? code : null;
}
