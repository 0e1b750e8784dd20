using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Writing;

/// <summary>New values of some members of one episode.</summary>
internal sealed class UpdateWrite(EpisodeUpdate update, ulong nowNs) : MemoryWrite
{
    private const string Argument = "update";

    public override void Prepare(WriteDraft draft)
    {
        if (update.Given == EpisodeMembers.None)
        {
            InvalidInputException.Throw(Argument, "names no member to change");
        }
        StoredEpisode stored = draft.Find(update.Id) ?? throw new NotFoundException(Argument + "/id", $"there is no episode {update.Id}");
        Episode merged = Merge(EpisodeForms.Of(stored, draft.Codec));
        EpisodePlace place = new(Argument);
        EpisodeForms.Check(merged, draft.Dimension, place);
        draft.Situations.Check(merged.Situation, new HashSet<string>(StringComparer.Ordinal), place);
        ReadOnlyMemory<byte> document = EpisodeForms.Document(merged, draft.Codec, place);
        if (merged.Vector.Length > 0)
        {
            draft.Dimension = merged.Vector.Length;
        }
        draft.Replace(EpisodeForms.Stored(merged, stored.Id, merged.TimeNs!.Value, document, draft.Situations), stored, update.KnownNs ?? nowNs);
    }

    private Episode Merge(Episode old)
    {
        Episode values = update.Values;
        return old with
        {
            TimeNs = Given(EpisodeMembers.TimeNs) ? values.TimeNs ?? old.TimeNs : old.TimeNs,
            NetworkId = Given(EpisodeMembers.NetworkId) ? values.NetworkId : old.NetworkId,
            Cell = Given(EpisodeMembers.Cell) ? values.Cell : old.Cell,
            ProblemType = Given(EpisodeMembers.ProblemType) ? values.ProblemType : old.ProblemType,
            Situation = Given(EpisodeMembers.Situation) ? values.Situation : old.Situation,
            Vector = Given(EpisodeMembers.Vector) ? values.Vector : old.Vector,
            Action = Given(EpisodeMembers.Action) ? values.Action : old.Action,
            Outcome = Given(EpisodeMembers.Outcome) ? values.Outcome : old.Outcome,
            Reward = Given(EpisodeMembers.Reward) ? values.Reward : old.Reward,
            Success = Given(EpisodeMembers.Success) ? values.Success : old.Success,
            Tags = Given(EpisodeMembers.Tags) ? values.Tags : old.Tags,
            Metadata = Given(EpisodeMembers.Metadata) ? values.Metadata : old.Metadata,
            Text = Given(EpisodeMembers.Text) ? values.Text : old.Text,
        };
    }

    private bool Given(EpisodeMembers member) => (update.Given & member) != 0;
}
