using System.Text.Json.Nodes;

namespace MessagesSimulator.Corpus.Drafting;

/// <summary>An undisturbed conversation: every request extends the one before it by an answer and what the user says to it.</summary>
internal sealed class Conversation
{
    private const int MostSeconds = 240; // Between two requests; less than the shorter lifetime.

    private readonly List<Draft> _drafts = [];

    /// <summary>The blocks of a user whose last one just finds the entry before the answer.</summary>
    private int FarthestTalk => Thinks ? 17 : 18;

    private Conversation(int seed, CorpusModel? model, bool isSmall)
    {
        Chance = new Random(seed);
        Texts = new Texts(Chance);
        Model = model ?? CorpusModel.All[Chance.Next(CorpusModel.All.Count)];
        Thinks = Chance.Next(3) == 0 && !isSmall;
        HasImages = Chance.Next(4) == 0 && !isSmall;
        IsSmall = isSmall;
    }

    public Random Chance { get; }

    public Texts Texts { get; }

    public CorpusModel Model { get; }

    public bool Thinks { get; }

    public bool HasImages { get; }

    /// <summary>Whether all of it is shorter than what the model caches.</summary>
    public bool IsSmall { get; }

    /// <summary>The requests.</summary>
    public IReadOnlyList<Draft> Drafts => _drafts;

    /// <summary>Whether a user may say something: where that makes the model forget its thoughts, only results of tools go on undisturbed.</summary>
    public bool MayTalk => !(Thinks && Model.ForgetsThinking);

    /// <summary>Makes a conversation.</summary>
    /// <param name="seed">It follows from it.</param>
    /// <param name="markings">Where its breakpoints may be.</param>
    /// <param name="turns">Its requests; null: as it comes.</param>
    /// <param name="model">Its model; null: as it comes.</param>
    /// <param name="isSmall">Whether it is to be shorter than what the model caches.</param>
    /// <returns>The conversation.</returns>
    public static Conversation Make(
        int seed, IReadOnlyList<Marking> markings, int? turns = null, CorpusModel? model = null, bool isSmall = false)
    {
        var conversation = new Conversation(seed, model, isSmall);
        var marking = markings[conversation.Chance.Next(markings.Count)];
        conversation._drafts.Add(new Draft { Body = Opening.Of(conversation, marking), Marking = marking });
        for (var left = (turns ?? conversation.Chance.Next(3, 6)) - 1; left > 0; left--)
        {
            conversation._drafts.Add(conversation.Next(conversation._drafts[^1]));
        }

        return conversation;
    }

    /// <summary>The request after a request.</summary>
    /// <param name="draft">The request.</param>
    /// <returns>The next.</returns>
    public Draft Next(Draft draft)
    {
        var next = draft.Copy() with { At = draft.At + TimeSpan.FromSeconds(Chance.Next(5, MostSeconds)) };
        var calls = next.Tools.Count > 0 && (!MayTalk || Chance.Next(2) == 0);
        var turn = new Turn(this);
        if (calls)
        {
            turn.CallTools(next, Chance.Next(1, 4), Length(40));
        }
        else
        {
            turn.Talk(next, Chance.Next(20) == 0 ? FarthestTalk : Chance.Next(1, 3), Length(60));
        }

        return next;
    }

    /// <summary>A length that fits the conversation.</summary>
    /// <param name="tokens">The least.</param>
    /// <returns>The tokens.</returns>
    public int Length(int tokens) => IsSmall ? Chance.Next(4, 9) : Chance.Next(tokens, tokens * 6);

    /// <summary>An image.</summary>
    /// <returns>The block.</returns>
    public JsonObject Image() => new()
    {
        ["type"] = "image",
        ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = "image/png", ["data"] = Texts.Id("iVBORw0KGgo") + "AA" },
    };
}
