namespace CostLedger.Writing;

/// <summary>The place of a call's in-flight note. The default value means that there is none.</summary>
/// <param name="Slot">The slot, from 1.</param>
public readonly record struct CallTicket(int Slot);
