using System.Text;
using MessagesSimulator.Corpus.Drafting;
using MessagesSimulator.Corpus.Mutating;

namespace MessagesSimulator.Corpus;

/// <summary>Makes requests of drafts, and works out what they read and what a disturbance loses.</summary>
internal static class CaseBuilder
{
    /// <summary>A disturbed conversation.</summary>
    /// <param name="mutation">The disturbance.</param>
    /// <param name="seed">The case follows from it.</param>
    /// <returns>The case; null when this conversation cannot be disturbed so, or loses nothing by it.</returns>
    public static CorpusCase? Disturbed(Mutation mutation, int seed)
    {
        var models = CorpusModel.All.Where(model => mutation.Models?.Invoke(model) != false).ToList();
        var conversation = Conversation.Make(
            seed, mutation.Markings, model: models[new Random(seed).Next(models.Count)], isSmall: mutation.IsSmall);
        var it = new Disturbance(conversation);
        if (!mutation.Apply(it))
        {
            return null;
        }

        var name = $"{mutation.Name} {conversation.Drafts[0].Marking} {conversation.Model.Id} {seed}";
        var key = $"sk-ant-corpus-{mutation.Name}-{seed}";
        var (requests, read) = Requests([.. it.Earlier, it.Last], key, conversation.Model, it.Intact, it.ForgetsThinking);
        var control = Control(it, key + "-control");
        var label = Label(mutation, it, control[^1].ReadTokens, requests[^1].ReadTokens, read);
        return label.LostTokens > 0 ? new CorpusCase(name, mutation.Name, conversation.Model.Id, requests, control, label) : null;
    }

    /// <summary>An undisturbed conversation.</summary>
    /// <param name="seed">The case follows from it.</param>
    /// <param name="turns">Its requests.</param>
    /// <returns>The case; the control is the conversation itself.</returns>
    public static CorpusCase Undisturbed(int seed, int turns)
    {
        var conversation = Conversation.Make(seed, Mutation.Usual, turns);
        var name = $"undisturbed {conversation.Drafts[0].Marking} {conversation.Model.Id} {seed}";
        var (requests, _) = Requests(conversation.Drafts, $"sk-ant-corpus-undisturbed-{seed}", conversation.Model, int.MaxValue, forgets: false);
        var label = new CorpusLabel { ExpectedReadTokens = requests[^1].ReadTokens, LostTokens = 0 };
        return new CorpusCase(name, "", conversation.Model.Id, requests, requests, label);
    }

    private static List<CorpusRequest> Control(Disturbance it, string key)
    {
        Draft[] drafts = [.. it.Earlier, it.Control];
        if (it.ControlModel is not { } model)
        {
            return Requests(drafts, key, it.Conversation.Model, int.MaxValue, forgets: false).Requests;
        }

        foreach (var i in Enumerable.Range(0, drafts.Length))
        {
            drafts[i] = drafts[i].Copy();
            drafts[i].Body["model"] = model.Id;
        }

        return Requests(drafts, key, model, int.MaxValue, forgets: false).Requests;
    }

    private static (List<CorpusRequest> Requests, int LastPosition) Requests(
        IReadOnlyList<Draft> drafts, string key, CorpusModel model, int intact, bool forgets)
    {
        var entries = new Entries(model.Minimum);
        var requests = new List<CorpusRequest>();
        var position = -1;
        foreach (var draft in drafts)
        {
            var isLast = requests.Count == drafts.Count - 1;
            var body = draft.Render();
            var segments = Segments.Of(body, forgets && isLast);
            entries.Lose(draft.EvictsBefore);
            position = entries.Read(segments, draft.At, isLast ? intact : int.MaxValue);
            entries.Note(segments, draft.At, draft.At + draft.AnswerAfter, position);
            requests.Add(new CorpusRequest
            {
                At = draft.At,
                AnswerAfter = draft.AnswerAfter,
                Body = Encoding.UTF8.GetBytes(body.ToJsonString()),
                Key = draft.IsOtherKey ? key + "-other" : key,
                Workspace = draft.Workspace,
                Betas = draft.Betas,
                EvictsBefore = draft.EvictsBefore,
                Conceals = draft.Conceals,
                ReadTokens = (position < 0 ? 0 : segments[position].TokensSoFar) - draft.Conceals,
                MarkedTokens = segments.LastOrDefault(segment => segment.Mark is not null)?.TokensSoFar ?? 0,
            });
        }

        return (requests, position);
    }

    private static CorpusLabel Label(Mutation mutation, Disturbance it, int expected, int read, int readPosition)
    {
        var before = Segments.Of(it.Control.Render());
        var differing = it.Place is { } place ? Find(Segments.Of(it.Last.Body), place) ?? Find(before, place) : null;
        return new CorpusLabel
        {
            Reason = mutation.Reason,
            Level = it.Cause ?? before[readPosition + 1].Level,
            LostFrom = before[readPosition + 1].Level,
            Segment = it.Place?.Index,
            Path = differing?.Path,
            TextByte = it.TextByte,
            ExpectedReadTokens = expected,
            LostTokens = expected - read,
        };
    }

    private static Segment? Find(IReadOnlyList<Segment> segments, (Prompts.PromptLevel Level, int Index) place) =>
        segments.FirstOrDefault(segment => segment.Level == place.Level && segment.Index == place.Index);
}
