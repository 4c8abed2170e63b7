from django.apps import AppConfig


class MarketingConfig(AppConfig):
    name = "allonce.kernel.legal.marketing"
    label = "marketing"

    def ready(self) -> None:
        """Register the newsletter's purpose, what the kernel keeps on devices, menus, words and evidence."""
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.legal.marketing import cookies, evidence, known_cookies, menus, purposes, wording
        from allonce.kernel.legal.ports import register_always_open
        from allonce.kernel.notices import register_kind

        purposes.register_purpose(wording.NEWSLETTER)
        for kept in known_cookies.KEPT:
            cookies.register_cookie(kept)
        register_kind(wording.NOTED)
        for where in ("/cookies/", "/newsletter/", "/unsubscribe/", "/me/consents/"):
            register_always_open(where)
        menus.register_all()
        register_action_words(wording.ACTIONS)
        evidence.register_all()
