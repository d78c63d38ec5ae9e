namespace MessagesSimulator.Billing;

/// <summary>How far an answer got.</summary>
public enum AnswerState
{
    /// <summary>It is being sent.</summary>
    Sending,

    /// <summary>All of it was sent.</summary>
    Complete,

    /// <summary>It broke off: by a scripted fault, or because the client went away.</summary>
    BrokenOff,
}
