using System.Globalization;
using System.Text;
using MessagesSimulator.Caching;
using MessagesSimulator.Errors;
using MessagesSimulator.Scripting;
using MessagesSimulator.Wire;
using Microsoft.AspNetCore.Http;

namespace MessagesSimulator.Serving;

/// <summary>One request and its response.</summary>
internal sealed class Exchange(HttpContext context, RecordedRequest request, Simulation simulation)
{
    /// <summary>The header in which the simulated clouds, which isolate organisations only, tell where they compute.</summary>
    public const string RegionHeader = "x-simulator-region";

    private readonly MemoryStream? _sent = simulation.KeepBodies ? new MemoryStream() : null;

    public RecordedRequest Request => request;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The key that came with the request; whose cache and whose limits they are depends on it.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Whose cache it is.</summary>
    public CacheCaller Caller
    {
        get
        {
            var known = simulation.Callers?.GetValueOrDefault(Key) ?? new CacheCaller(Key);
            return known with
            {
                Workspace = request.Header("anthropic-workspace-id") ?? known.Workspace,
                Region = request.Header(RegionHeader) ?? known.Region,
                SharesWorkspaces = known.SharesWorkspaces || request.Header(RegionHeader) is not null,
            };
        }
    }

    public void Authenticate()
    {
        var bearer = request.Header("Authorization");
        var key = request.Header("x-api-key")
            ?? (bearer?.StartsWith("Bearer ", StringComparison.Ordinal) == true ? bearer["Bearer ".Length..] : null)
            ?? throw new ApiException(401, "authentication_error", "x-api-key header is required");
        if (simulation.Keys?.Contains(key) == false)
        {
            throw new ApiException(401, "authentication_error", "invalid x-api-key");
        }

        if (request.Header("anthropic-version") is null)
        {
            throw ApiException.Invalid("anthropic-version: header is required");
        }

        Key = key;
    }

    public PacedBody Open(string contentType, StreamPace pace)
    {
        Prepare(200, contentType);
        foreach (var (name, value) in simulation.LimiterOf(Key).Headers())
        {
            context.Response.Headers[name] = value;
        }

        return new PacedBody(context, pace, simulation.Time, _sent);
    }

    public Task SendErrorAsync(ApiException error) =>
        SendAsync(error.Status, "application/json", MessageJson.Text(MessageJson.Error(error.Type, error.Message, request.RequestId)));

    public Task SendFaultAsync(Fault fault)
    {
        if (fault.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = fault.RetryAfter;
        }

        if (fault.ShouldRetry is { } retry)
        {
            context.Response.Headers["x-should-retry"] = retry ? "true" : "false";
        }

        var body = fault.Body
            ?? ("application/json", MessageJson.Text(MessageJson.Error(fault.ErrorType, fault.Message, request.RequestId)));
        return SendAsync(fault.StatusCode == 0 ? 529 : fault.StatusCode, body.ContentType, body.Text);
    }

    public Task SendLimitedAsync(TimeSpan wait)
    {
        var seconds = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in simulation.LimiterOf(Key).Headers())
        {
            context.Response.Headers[name] = value;
        }

        return SendFaultAsync(Fault.RateLimited(seconds));
    }

    public async Task SendAsync(int status, string contentType, string text)
    {
        Prepare(status, contentType);
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        _sent?.Write(bytes);
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Resets the connection.</summary>
    public void Reset() => context.Abort();

    public void Finish()
    {
        request.SentBody = _sent?.ToArray();
        request.Finish();
    }

    private void Prepare(int status, string contentType)
    {
        request.Status = status;
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers["request-id"] = request.RequestId;
        context.Response.Headers["anthropic-organization-id"] = simulation.OrganizationId;
        if (simulation.Callers?.ContainsKey(Key) == true)
        {
            context.Response.Headers["anthropic-workspace-id"] = Caller.Workspace;
        }
    }
}
