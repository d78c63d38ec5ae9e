using System.Security.Cryptography;
using System.Text;

namespace CostReport.Cli.Html.Pages;

/// <summary>
/// What a browser may do for a page: run the scripts and apply the style sheets with these hashes, and nothing else
/// (https://www.w3.org/TR/CSP3/). No request can leave the page, and no markup of another's can run.
/// </summary>
internal static class ContentPolicy
{
    /// <summary>The policy by which a live page's script puts the server's markup in, which is escaped like all of it.</summary>
    private const string LivePolicy = "costreport-live";

    /// <summary>The policy of a page.</summary>
    /// <param name="styles">The style sheets in it.</param>
    /// <param name="scripts">The scripts in it.</param>
    /// <param name="canConnect">Whether scripts may ask the server that the page came from.</param>
    public static string Of(IEnumerable<string> styles, IEnumerable<string> scripts, bool canConnect) =>
        $"default-src 'none'; style-src {Hashes(styles)}; script-src {Hashes(scripts)}; img-src data:; "
        + (canConnect ? "connect-src 'self'; " : "")
        + $"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types {(canConnect ? LivePolicy : "'none'")}";

    private static string Hashes(IEnumerable<string> texts) =>
        string.Join(' ', texts.Select(text => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'"));
}
