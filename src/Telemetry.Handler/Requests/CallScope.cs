using System.Collections.Frozen;

namespace Telemetry.Handler.Requests;

/// <summary>The labels of the running flow; scopes nest, the inner ones add to and replace what the outer ones say.</summary>
internal sealed class CallScope : IDisposable
{
    private static readonly AsyncLocal<CallScope?> Ambient = new();

    private readonly CallScope? _outer;

    private CallScope(CallScope? outer, string? session, IReadOnlyDictionary<string, string>? tags)
    {
        _outer = outer;
        Session = session ?? outer?.Session;
        Tags = Combine(outer?.Tags, tags);
    }

    public static CallScope? Current => Ambient.Value;

    public string? Session { get; }

    public IReadOnlyDictionary<string, string> Tags { get; }

    public static CallScope Begin(string? session, IReadOnlyDictionary<string, string>? tags)
    {
        var scope = new CallScope(Ambient.Value, session, tags);
        Ambient.Value = scope;
        return scope;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ReferenceEquals(Ambient.Value, this))
        {
            Ambient.Value = _outer;
        }
    }

    private static IReadOnlyDictionary<string, string> Combine(
        IReadOnlyDictionary<string, string>? outer,
        IReadOnlyDictionary<string, string>? inner)
    {
        if (inner is null or { Count: 0 })
        {
            return outer ?? FrozenDictionary<string, string>.Empty;
        }

        var all = new Dictionary<string, string>(outer ?? FrozenDictionary<string, string>.Empty, StringComparer.Ordinal);
        foreach (var (key, value) in inner)
        {
            all[key] = value;
        }

        return all;
    }
}
