namespace RanCognition.Memory.Writing;

/// <summary>Changes nothing: when its turn comes, everything before it is on the device.</summary>
internal sealed class FlushWrite : MemoryWrite
{
    public override void Prepare(WriteDraft draft)
    {
    }
}
