using RanCognition.Contracts;

namespace RanCognition.Memory.Writing;

/// <summary>Episodes that go.</summary>
/// <param name="ids">No two alike.</param>
/// <param name="mustExist">One that is not there is an error; else it is passed over.</param>
internal sealed class RemoveWrite(IReadOnlyList<ulong> ids, bool mustExist) : MemoryWrite
{
    public ulong Removed { get; private set; }

    public override void Prepare(WriteDraft draft)
    {
        if (mustExist)
        {
            foreach (ulong id in ids)
            {
                if (!draft.Exists(id))
                {
                    throw new NotFoundException("id", $"there is no episode {id}");
                }
            }
        }
        foreach (ulong id in ids)
        {
            if (draft.Exists(id))
            {
                draft.Remove(id);
                Removed++;
            }
        }
    }
}
