using CostLedger.Records;

namespace Telemetry.Handler.Requests;

/// <summary>Finds a call's labels: on the request, else in the scope, else in what the request says of itself.</summary>
internal static class LabelReader
{
    public const int MaxTags = 32;
    public const int MaxKeyLength = 128;
    public const int MaxValueLength = 1024;

    public static readonly HttpRequestOptionsKey<string> Session = new("costledger.session");
    public static readonly HttpRequestOptionsKey<string> Conversation = new("costledger.conversation");
    public static readonly HttpRequestOptionsKey<IReadOnlyDictionary<string, string>> Tags = new("costledger.tags");

    public static CallLabels Read(HttpRequestMessage request, RequestSnapshot snapshot, LabelSettings settings)
    {
        var scope = CallScope.Current;
        request.Options.TryGetValue(Session, out var session);
        request.Options.TryGetValue(Conversation, out var conversation);
        request.Options.TryGetValue(Tags, out var tags);
        session ??= scope?.Session ?? FromMetadata(snapshot, settings);
        var all = Combine(settings.Tags, scope?.Tags, tags);
        return session is null && conversation is null && all is null
            ? CallLabels.None
            : new CallLabels
            {
                Session = Cut(session, MaxValueLength),
                Conversation = Cut(conversation, MaxValueLength),
                Tags = all ?? CallLabels.None.Tags,
            };
    }

    private static string? FromMetadata(RequestSnapshot snapshot, LabelSettings settings)
    {
        var session = ClaudeCodeUser.SessionOf(snapshot.MetadataUserId);
        return session is null || settings.KeepSessionNames ? session : settings.Hash.Of(session);
    }

    // The later ones win. Beyond the bound the keys that sort first are kept, so that the choice is always the same.
    private static SortedDictionary<string, string>? Combine(params ReadOnlySpan<IReadOnlyDictionary<string, string>?> sources)
    {
        SortedDictionary<string, string>? all = null;
        foreach (var source in sources)
        {
            foreach (var (key, value) in source ?? CallLabels.None.Tags)
            {
                all ??= new SortedDictionary<string, string>(StringComparer.Ordinal);
                all[Cut(key, MaxKeyLength) ?? ""] = Cut(value, MaxValueLength) ?? "";
            }
        }

        while (all?.Count > MaxTags)
        {
            all.Remove(all.Keys.Last());
        }

        return all;
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
