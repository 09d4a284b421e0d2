insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('covers', 'covers', true, 1048576, array['image/png', 'image/webp'])
on conflict (id) do nothing;

create policy "Covers are public" on storage.objects for select using (bucket_id = 'covers');
create policy "Own folder only" on storage.objects for insert to authenticated
    with check (
        bucket_id = 'covers'
        and (storage.foldername(name))[1] = (select auth.uid()::text)
        and storage.extension(name) in ('png', 'webp')
    );
create policy "Own files only" on storage.objects for delete to authenticated
    using (owner_id = (select auth.uid()::text));
