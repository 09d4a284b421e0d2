insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
    raw_app_meta_data, raw_user_meta_data, created_at, updated_at, confirmation_token, recovery_token,
    email_change, email_change_token_new)
values ('00000000-0000-0000-0000-000000000000', '7b0c8a53-8d0e-4d6b-9a43-3f2c1f1a0001', 'authenticated',
    'authenticated', 'ida@example.com', crypt('password', gen_salt('bf')), now(),
    '{"provider": "email", "providers": ["email"]}', '{"nickname": "Ida"}', now(), now(), '', '', '', '');

insert into auth.identities (id, user_id, provider_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
select extensions.uuid_generate_v4(), id, id, format('{"sub": "%s", "email": "%s"}', id, email)::jsonb, 'email',
    now(), now(), now()
from auth.users;

insert into public.notes (author, title) select id, 'Welcome; and hello' from public.profiles;
