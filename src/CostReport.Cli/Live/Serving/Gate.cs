namespace CostReport.Cli.Live.Serving;

/// <summary>
/// Decides who may read. A page of another site that a name server points at this machine (DNS rebinding) does not get past the
/// host, and no one past the token.
/// </summary>
/// <param name="token">The token.</param>
internal sealed class Gate(AccessToken token)
{
    private const string Get = "GET";
    private const string Scheme = "Bearer ";
    private const string Metrics = "/metrics";
    private const string Host = "127.0.0.1";

    /// <summary>Looks at a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">What is asked for, without the token.</param>
    /// <returns>The refusal; null where the request may pass.</returns>
    public Reply? Refuse(Request request, out string path)
    {
        path = "";
        if (!IsOurs(request.Host))
        {
            return Reply.Text(403, "costreport answers only at 127.0.0.1");
        }

        var target = request.Target ?? "";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        target = question < 0 ? target : target[..question];
        if (string.Equals(target, Metrics, StringComparison.Ordinal))
        {
            if (!IsBearer(request.Authorization))
            {
                return Reply.Text(401, "the token is missing: send it as 'Authorization: Bearer TOKEN'") with { Header = ("WWW-Authenticate", "Bearer") };
            }

            path = Metrics;
        }
        else
        {
            var end = target.Length > 1 ? target.IndexOf('/', 1) : -1;
            if (end < 0 || !token.Is(target.AsSpan(1, end - 1)))
            {
                return Reply.Text(404, "nothing is here; open the address that costreport serve wrote");
            }

            path = target[end..];
        }

        return string.Equals(request.Method, Get, StringComparison.Ordinal)
            ? null
            : Reply.Text(405, "costreport serve is only for reading") with { Header = ("Allow", Get) };
    }

    private bool IsBearer(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && token.Is(authorization.AsSpan(Scheme.Length).Trim());

    // The port is another's where a tunnel leads here.
    private static bool IsOurs(string? host)
    {
        if (host is null)
        {
            return false;
        }

        var colon = host.LastIndexOf(':');
        var name = colon < 0 ? host : host[..colon];
        return string.Equals(name, Host, StringComparison.Ordinal);
    }
}
