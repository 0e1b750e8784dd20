using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Writing;

/// <summary>A change of what the store knows beside the episodes.</summary>
internal sealed class NoteWrite(StoreChange change) : MemoryWrite
{
    public override void Prepare(WriteDraft draft) => draft.Changes.Add(change);
}
